package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what the services wrote to their log. */
@Command(name = "logs", description = "Show the services' log.")
final class LogsCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private StateOption state = new StateOption();

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what is written from now on")
    private boolean follow;

    @Option(
            names = "--tail",
            paramLabel = "LINES",
            description = "only the last lines; default: 200",
            defaultValue = "200")
    private int tail = 200;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path log = state.folder().log();
        try {
            long end = Files.size(log);
            last(log).forEach(terminal::line);
            while (follow) {
                Thread.sleep(POLL);
                end = printFrom(log, end);
            }
            return 0;
        } catch (NoSuchFileException e) {
            throw new UserError("there is no log at " + log + ": nothing has run on this state folder yet.", e);
        }
    }

    private Deque<String> last(Path log) throws IOException {
        Deque<String> last = new ArrayDeque<>();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            lines.forEach(line -> {
                last.addLast(line);
                if (last.size() > Math.max(0, tail)) {
                    last.removeFirst();
                }
            });
        }
        return last;
    }

    /** Prints what was added; a file that became shorter was replaced and is read from its start. */
    private long printFrom(Path log, long position) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long begin = file.length() < position ? 0 : position;
            byte[] added = new byte[(int) Math.min(file.length() - begin, 1 << 20)];
            file.seek(begin);
            file.readFully(added);
            terminal.print(new String(added, StandardCharsets.UTF_8));
            return begin + added.length;
        }
    }
}

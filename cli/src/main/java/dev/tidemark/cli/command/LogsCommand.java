package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.output.LogEntries;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what the services wrote to their log. */
@Command(
        name = "logs",
        description = "Show the services' log.",
        footer = {
            "",
            "Examples:",
            "  ./tidemark logs -f",
            "  ./tidemark logs --object imagepolicy/my-app     what names it, and what came of the same cause",
            "",
            "In a cluster: kubectl logs -n tidemark -l app.kubernetes.io/part-of=tidemark --prefix -f"
        })
final class LogsCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(200);

    /** A line that is longer is shown in pieces. */
    private static final int BLOCK = 1 << 20;

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private StateOption state = new StateOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

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

    @Option(
            names = "--object",
            paramLabel = "KIND/NAME",
            description = "only what is about this object of the namespace, and what came of the same cause")
    private @Nullable String object;

    @Override
    public Integer call() throws IOException, InterruptedException {
        @Nullable LogEntries entries = object == null ? null : new LogEntries(named(object));
        Path log = state.folder().log();
        try {
            long end = Files.size(log);
            last(log, entries).forEach(terminal::line);
            while (follow) {
                Thread.sleep(POLL);
                end = printFrom(log, end, entries);
            }
            return 0;
        } catch (NoSuchFileException e) {
            throw new UserError("there is no log at " + log + ": nothing has run on this state folder yet.", e);
        }
    }

    private String named(String words) {
        ObjectArguments arguments = ObjectArguments.read(List.of(words), List.of());
        if (!arguments.isOne()) {
            throw new UserError("one object, as KIND/NAME: known kinds are "
                    + String.join(
                            ", ",
                            ObjectKinds.SERVED.stream()
                                    .map(kind -> kind.names().getLast())
                                    .toList())
                    + ".");
        }
        return arguments.kind().name() + '/' + namespace.name() + '/' + arguments.name();
    }

    private List<String> last(Path log, @Nullable LogEntries entries) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            List<String> all = lines.toList();
            List<String> shown = entries == null ? all : entries.of(all);
            return shown.subList(Math.max(0, shown.size() - Math.max(0, tail)), shown.size());
        }
    }

    /** Prints the whole lines that were added; a file that became shorter was replaced and is read from its start. */
    private long printFrom(Path log, long position, @Nullable LogEntries entries) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long begin = file.length() < position ? 0 : position;
            byte[] added = new byte[(int) Math.min(file.length() - begin, BLOCK)];
            file.seek(begin);
            file.readFully(added);
            int whole = wholeLines(added);
            new String(added, 0, whole, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> entries == null || entries.shows(line))
                    .forEach(terminal::line);
            return begin + whole;
        }
    }

    private static int wholeLines(byte[] text) {
        for (int end = text.length; end > 0; end--) {
            if (text[end - 1] == '\n') {
                return end;
            }
        }
        return text.length == BLOCK ? BLOCK : 0;
    }
}

package dev.tidemark.testkit.terminal;

import dev.tidemark.testkit.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.OS;

/**
 * A command in a pseudo-terminal, which {@code script} of util-linux makes: what is typed reaches it as from a keyboard, and the
 * screen is what it wrote, byte for byte.
 */
public final class PseudoTerminal implements AutoCloseable {

    public static final String CTRL_C = "\u0003";

    /** A command answers in a second; the machine that tests is not idle. */
    private static final long LIMIT_SECONDS = 180;

    private final Process script;
    private final Path screen;

    private PseudoTerminal(Process script, Path screen) {
        this.script = script;
        this.screen = screen;
    }

    /**
     * Starts a command.
     *
     * @param screen where what it writes is kept
     * @param environment beside that of this process
     */
    public static PseudoTerminal start(Path screen, Map<String, String> environment, String... command)
            throws IOException {
        if (!OS.LINUX.isCurrentOs()) {
            Tools.lack("Linux, whose 'script' makes a pseudo-terminal for it");
        }
        Path maker = Tools.require("script", "bsdutils");
        String line = Arrays.stream(command)
                .map(word -> '\'' + word.replace("'", "'\\''") + '\'')
                .collect(Collectors.joining(" ", "exec ", ""));
        // whoever starts the tests may have interrupts ignored, which is inherited
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
        words.addAll(List.of(maker.toString(), "-q", "-e", "-f", "-c", line, "/dev/null"));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(screen.toFile());
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().putAll(environment);
        return new PseudoTerminal(builder.start(), screen);
    }

    public void type(String keys) throws IOException {
        script.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        script.getOutputStream().flush();
    }

    /** What the command has written so far; each line ends as a terminal wants it, with a carriage return before the feed. */
    public String screen() throws IOException {
        return Files.readString(screen);
    }

    public boolean isAlive() {
        return script.isAlive();
    }

    /** Waits for the command's end. */
    public int exitCode() throws InterruptedException {
        if (!script.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the command in the pseudo-terminal has not ended");
        }
        return script.exitValue();
    }

    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
    }
}

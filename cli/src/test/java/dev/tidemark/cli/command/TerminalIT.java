package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.testkit.terminal.PseudoTerminal;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as it was built, in a pseudo-terminal and in pipes, on a state folder as the services leave it. */
class TerminalIT {

    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));

    /** What is tested was built already, by whoever runs the test. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TIDEMARK_BUILD", "never", "TIDEMARK_JAVA_HOME", System.getProperty("java.home"));

    /** The machine that tests is not idle. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Moves a cursor, colours, rings: everything but lines. */
    private static final String CONTROLS = "[\\p{Cntrl}&&[^\\n]]";

    /** Takes nothing. */
    private static final File FULL = new File("/dev/full");

    private final Path folder;
    private final Path state;
    private final Path log;
    private final List<Process> started = new ArrayList<>();

    TerminalIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        state = folder.resolve("state folder");
        KnownState.in(state);
        log = Files.createDirectories(state.resolve("logs")).resolve("tidemark.log");
        Files.writeString(log, "2026-11-28 10:00:00,000 INFO  event=tag-selected resource=ImagePolicy/apps/a\n");
    }

    @AfterEach
    void leaveNothingBehind() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    /** No colours and no cursor movement in either, so that what is read, copied and piped is the same. */
    @ParameterizedTest
    @CsvSource({
        "0, --help",
        "0, get --help",
        "0, get images all -A",
        "0, describe imagepolicy my-app",
        "0, events",
        "0, status",
        "0, logs",
        "1, get nothing",
        "1, gett",
        "2, get"
    })
    void aTerminalShowsWhatAPipeCarries(int code, String arguments) throws Exception {
        Process pipe = start(builder(words(arguments)));
        String carried = text(pipe.getInputStream()) + text(pipe.getErrorStream());
        try (PseudoTerminal terminal = terminal(words(arguments))) {
            assertThat(terminal.exitCode()).isEqualTo(code);
            assertThat(terminal.screen().replace("\r\n", "\n")).isEqualTo(carried);
        }
        assertThat(pipe.waitFor()).isEqualTo(code);
        assertThat(carried).isNotEmpty().doesNotContainPattern(CONTROLS);
    }

    @ParameterizedTest
    @CsvSource({"get all -A -w, imagepolicy/my-app", "status --watch, Ready (", "logs -f, event=tag-selected"})
    void ctrlCEndsWhatGoesOn(String arguments, String shown) throws Exception {
        try (PseudoTerminal terminal = terminal(words(arguments))) {
            await().atMost(LIMIT).until(() -> terminal.screen().contains(shown) || !terminal.isAlive());

            terminal.type(PseudoTerminal.CTRL_C);

            assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(130);
            // the echo of the key is the terminal's own
            assertThat(terminal.screen().replace("\r\n", "\n").replace("^C", ""))
                    .doesNotContain("Exception", "tidemark: ")
                    .doesNotContainPattern(CONTROLS);
        }
    }

    /** As {@code | head -1} does. */
    @Test
    void whoIsReadNoMoreEndsQuietly() throws Exception {
        Process follow = start(builder(words("logs -f")));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(follow.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).contains("event=tag-selected");
        }

        await().atMost(LIMIT).until(() -> {
            Files.writeString(log, "2026-11-28 10:00:01,000 INFO  event=committed\n", StandardOpenOption.APPEND);
            return !follow.isAlive();
        });

        assertThat(follow.exitValue()).isEqualTo(141);
        assertThat(text(follow.getErrorStream())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "get all -A"})
    void whatCannotBeWrittenIsNotLostInSilence(String arguments) throws Exception {
        Process full = start(builder(words(arguments)).redirectOutput(FULL));

        assertThat(text(full.getErrorStream()))
                .startsWith("tidemark: standard output cannot be written (")
                .hasLineCount(1);
        assertThat(full.waitFor()).isEqualTo(1);
    }

    /** A job of cron has no locale. */
    @Test
    void whatIsWideKeepsColumnsAlsoWithoutALocale() throws Exception {
        Path status = state.resolve("status/ImageRepository/flux-system/my-app.yaml");
        String words = "仓库拒绝了凭据";
        Files.writeString(status, Files.readString(status).replaceFirst("message: .*", "message: \"" + words + "\""));
        ProcessBuilder builder = builder(words("get images all -A"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("LANG");

        List<String> lines =
                text(start(builder).getInputStream()).lines().limit(2).toList();

        // each of these characters takes two columns
        assertThat(lines.getLast().replace(words, words + words))
                .contains(words)
                .satisfies(row -> assertThat(row.substring(0, lines.getFirst().lastIndexOf("AGE")))
                        .endsWith(words + "   "));
    }

    private String[] words(String arguments) {
        List<String> words = new ArrayList<>(List.of(ROOT.resolve("tidemark").toString()));
        words.addAll(List.of(arguments.split(" ")));
        if (!arguments.contains("--help")) {
            words.addAll(List.of("--state", state.toString()));
        }
        return words.toArray(String[]::new);
    }

    private PseudoTerminal terminal(String... words) throws IOException {
        return PseudoTerminal.start(folder.resolve("screen"), ENVIRONMENT, words);
    }

    private static ProcessBuilder builder(String... words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(ENVIRONMENT);
        return builder;
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}

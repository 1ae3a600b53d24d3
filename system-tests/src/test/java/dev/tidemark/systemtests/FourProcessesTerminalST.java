package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.TestBroker;
import dev.tidemark.testkit.terminal.PseudoTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it was built, in a pseudo-terminal and in pipes, on the four services as processes. */
class FourProcessesTerminalST {

    /** On an idle machine everything here takes seconds; the machine that tests is not idle. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final int PARTITIONS = 2;

    /** Of different lengths, so that columns have something to align. */
    private static final List<String> APPS = List.of("my-app", "a-shop-with-a-name");

    /** Moves a cursor, colours, rings: everything but lines. */
    private static final String CONTROLS = "[\\p{Cntrl}&&[^\\n]]";

    private Path folder;
    private TestBroker broker;
    private Cluster cluster;
    private Programs programs;
    private Services services;
    private final Map<Service, Replica> running = new EnumMap<>(Service.class);

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        broker = TestBroker.start(folder.resolve("broker"));
        cluster = Cluster.create(folder, APPS);
        cluster.addBranches(1, PARTITIONS);
        programs = new Programs(folder);
        services = new Services(
                programs,
                broker.bootstrapServers(),
                PARTITIONS,
                cluster.manifests(),
                cluster.state(),
                cluster.registry());
        for (String app : APPS) {
            cluster.push(app, "1.1.0");
        }
        for (Service service : Service.values()) {
            running.put(service, services.start(service));
        }
        for (Replica replica : running.values()) {
            await().atMost(LIMIT).until(() -> services.isReady(replica));
        }
        cluster.notify(running(Service.REGISTRY_WATCHER).http());
        await().atMost(LIMIT).until(() -> cluster.shows(APPS, "1.1.0"));
    }

    @AfterEach
    void stop() {
        services.close();
        programs.close();
        cluster.close();
        broker.close();
    }

    /** As somebody watches them who waits for a tag. */
    @Test
    void aTerminalShowsTheLogOfAllFourUntilCtrlC() throws Exception {
        try (PseudoTerminal terminal = terminal(Map.of(), "logs", "-f", "--server", everywhere())) {
            cluster.push("my-app", "1.4.2");
            cluster.notify(running(Service.REGISTRY_WATCHER).http());
            await().atMost(LIMIT).untilAsserted(() -> assertThat(terminal.screen())
                    .containsPattern(from(Service.REGISTRY_WATCHER) + ".*event=tag-discovered .*1\\.4\\.2")
                    .containsPattern(from(Service.POLICY_EVALUATOR) + ".*event=tag-selected .*1\\.4\\.2")
                    .containsPattern(from(Service.GIT_COMMITTER) + ".*event=committed .*1\\.4\\.2"));

            terminal.type(PseudoTerminal.CTRL_C);

            assertThat(terminal.exitCode()).isEqualTo(130);
            assertPlain(terminal.screen().replace("^C", ""));
        }
    }

    @Test
    void aTerminalShowsWhatAPipeCarries() throws Exception {
        Map<String, String> evaluator = Map.of("TIDEMARK_SERVER", address(running(Service.POLICY_EVALUATOR)));
        String state = cluster.state().toString();

        String explained = both(evaluator, "explain", "imagepolicy", "my-app");
        assertThat(explained).contains("ImagePolicy flux-system/my-app on ", "1.1.0");
        assertThat(both(evaluator, "why-not", "imagepolicy/my-app", "1.0.9")).contains("1.0.9");
        assertThat(both(Map.of(), "explain", "imagepolicy", "my-app", "--server", everywhereFromTheEvaluator()))
                .isEqualTo(explained);
        assertThat(both(evaluator, "log-level")).isEqualTo("All packages write what the settings have.\n");
        assertThat(both(evaluator, "halt", "--show")).isEqualTo("Nothing is halted\n");
        assertThat(both(Map.of(), "check", "--server", everywhere()).lines())
                .hasSize(5)
                .anyMatch(line -> line.matches("tidemark-git-committer \\S+ at http\\S+ is ready\\."))
                .endsWith("All checks passed.");
        Map<String, String> shell = Map.of("TIDEMARK_SERVER", everywhereFromTheEvaluator(), "TIDEMARK_STATE", state);
        assertThat(both(shell, "status"))
                .containsPattern("tidemark-git-committer \\S+ at http\\S+ is ready\\.\n")
                .doesNotContain("Nothing runs");
        assertColumns(both(Map.of(), "get", "images", "all", "-A", "--state", state));
    }

    /** Whatever its width, each cell begins where those above it do. */
    private static void assertColumns(String tables) {
        List<List<Integer>> begins = Stream.of(tables.split("\n\n"))
                .flatMap(table -> {
                    List<List<Integer>> rows =
                            table.lines().map(FourProcessesTerminalST::begins).toList();
                    assertThat(rows).as(table).hasSizeGreaterThan(1);
                    assertThat(rows.stream().distinct()).as(table).hasSize(1);
                    return rows.stream();
                })
                .toList();
        assertThat(begins).as(tables).hasSizeGreaterThan(2 * APPS.size());
    }

    /** The first cells, which are there in each row and have no blanks in them. */
    private static List<Integer> begins(String row) {
        List<Integer> begins = new ArrayList<>();
        for (int at = 0; begins.size() < 5 && at < row.length(); at++) {
            if (row.charAt(at) != ' ' && (at < 3 || row.startsWith("   ", at - 3))) {
                begins.add(at);
            }
        }
        return begins;
    }

    /** What a command says in a pipe, which is what it says in a terminal. */
    private String both(Map<String, String> environment, String... words) throws Exception {
        String carried = piped(environment, words);
        try (PseudoTerminal terminal = terminal(environment, words)) {
            assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
            assertThat(settled(terminal.screen().replace("\r\n", "\n"))).isEqualTo(settled(carried));
        }
        assertPlain(carried);
        return carried;
    }

    /** Without the ages at the ends of lines: between two looks seconds pass. */
    private static String settled(String tables) {
        return tables.replaceAll("(?m) +(AGE|[0-9smhd]+)$", "");
    }

    private String piped(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(words)).redirectErrorStream(true);
        builder.environment().putAll(all(environment));
        Process process = builder.start();
        try {
            String carried = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(carried).isZero();
            return carried;
        } finally {
            process.destroyForcibly();
        }
    }

    private PseudoTerminal terminal(Map<String, String> environment, String... words) throws IOException {
        return PseudoTerminal.start(
                folder.resolve("screen"), all(environment), command(words).toArray(String[]::new));
    }

    private static List<String> command(String... words) {
        return Stream.concat(Stream.of(Programs.root().resolve("tidemark").toString()), Stream.of(words))
                .toList();
    }

    /** What is tested was built already, by whoever runs the test. */
    private static Map<String, String> all(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("TIDEMARK_BUILD", "never");
        all.put("TIDEMARK_JAVA_HOME", Objects.requireNonNull(System.getProperty("java.home")));
        return all;
    }

    private static void assertPlain(String screen) {
        assertThat(screen.replace("\r\n", "\n"))
                .isNotEmpty()
                .doesNotContain("Exception", "tidemark: ")
                .doesNotContainPattern(CONTROLS);
    }

    private Replica running(Service service) {
        return Objects.requireNonNull(running.get(service));
    }

    private static String address(Replica replica) {
        return "http://127.0.0.1:" + replica.management();
    }

    private String everywhere() {
        return running.values().stream().map(FourProcessesTerminalST::address).collect(Collectors.joining(","));
    }

    private String everywhereFromTheEvaluator() {
        return address(running(Service.POLICY_EVALUATOR)) + ',' + everywhere();
    }

    private String from(Service service) {
        return "\\[127\\.0\\.0\\.1:" + running(service).management() + "]";
    }
}

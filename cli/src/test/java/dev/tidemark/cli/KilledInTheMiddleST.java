package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.demo.Demo;
import dev.tidemark.demo.DemoFolder;
import dev.tidemark.demo.Effects;
import dev.tidemark.demo.Scenario;
import dev.tidemark.demo.registry.DemoPush;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at the worst moments of the demo, then a restart: no update is lost and none is committed twice. */
class KilledInTheMiddleST {

    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(2);

    private final Path state;
    private final Path endpoints;
    private final int port;
    private Demo demo;
    private Process services;

    KilledInTheMiddleST(@TempDir Path folder) throws IOException {
        this.state = folder.resolve("state");
        this.endpoints = state.resolve("endpoints.json");
        this.port = freePort();
    }

    @BeforeEach
    void start() throws Exception {
        DemoFolder folder = new DemoFolder(state);
        demo = Demo.open(folder, folder.lock().orElseThrow(), Instant.now(), new SecureRandom());
        services = startServices();
        demo.connect(URI.create("http://127.0.0.1:" + port));
        await(demo::settled);
    }

    @AfterEach
    void stop() throws Exception {
        services.destroyForcibly().waitFor();
        demo.close();
    }

    @Test
    void neitherLosesNorRepeatsACommit() throws Exception {
        push("1.4.2");
        restart();
        awaitBothModels("1.4.2");

        String before = tip();
        push("1.4.3");
        await(() -> !tip().equals(before));
        restart();
        awaitBothModels("1.4.3");

        push("1.4.4");
        await(() -> renders("1.4.4"));
        restart();
        awaitBothModels("1.4.4");

        push("1.4.5");
        awaitBothModels("1.4.5");

        assertThat(messages())
                .containsExactly(
                        "chore: update ghcr.io/my-org/my-app:1.4.2",
                        "chore: update ghcr.io/my-org/my-app:1.4.3",
                        "chore: update ghcr.io/my-org/my-app:1.4.4",
                        "chore: update ghcr.io/my-org/my-app:1.4.5");
    }

    private void push(String version) throws Exception {
        try (DemoPush push = new DemoPush(demo.address())) {
            push.push(Scenario.REPOSITORY, version);
        }
    }

    private void restart() throws Exception {
        services.destroyForcibly().waitFor();
        services = startServices();
    }

    private Process startServices() throws Exception {
        Files.deleteIfExists(endpoints);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dtidemark.state=" + state,
                        "-Dtidemark.manifests=" + ROOT.resolve("examples/git-based") + ","
                                + ROOT.resolve("examples/gitless") + ","
                                + demo.folder().manifests(),
                        "-Dquarkus.http.port=" + port,
                        "-Dtidemark.parent-pid=" + ProcessHandle.current().pid(),
                        "-Dtidemark.registry-watcher.mirrors.\"" + Scenario.HOST + "\"=" + demo.address(),
                        "-jar",
                        ROOT.resolve("all-in-one/target/quarkus-app/quarkus-run.jar")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("services.out").toFile())
                .start();
        await(() -> Files.exists(endpoints) || !process.isAlive());
        assertThat(process.isAlive())
                .as(Files.readString(state.resolve("services.out")))
                .isTrue();
        return process;
    }

    private void awaitBothModels(String version) {
        await(() -> demo.fleet().deployedImage().equals(Scenario.IMAGE + ':' + version) && renders(version));
    }

    private boolean renders(String version) {
        return Effects.renderedTag(demo.folder().kustomization()).equals(Optional.of(version));
    }

    private String tip() {
        return demo.fleet().tip(Scenario.PUSH_BRANCH).orElse("");
    }

    /** The messages of the push branch since main, oldest first. */
    private List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        try (Repository repository = new FileRepositoryBuilder()
                        .setBare()
                        .setGitDir(demo.fleet().folder().toFile())
                        .build();
                RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(repository.resolve(Constants.R_HEADS + Scenario.PUSH_BRANCH)));
            walk.markUninteresting(walk.parseCommit(repository.resolve(Constants.R_HEADS + Scenario.MAIN_BRANCH)));
            for (RevCommit commit : walk) {
                messages.addFirst(commit.getFullMessage().strip());
            }
        }
        return messages;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(POLL).until(condition);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

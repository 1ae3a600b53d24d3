package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.systemtests.Programs.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps Tidemark from starting or from going on: one clear sentence, and nothing is lost. */
class StartST {

    private static final int DISK_MEGABYTES = 64;

    private final Path folder;
    private final Programs programs;

    StartST(@TempDir Path folder) {
        this.folder = folder;
        this.programs = new Programs(folder);
    }

    @BeforeEach
    void manifests() throws IOException {
        Files.createDirectories(folder.resolve("own"));
        Files.writeString(folder.resolve("own/secret.yaml"), """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: first, namespace: own}
                spec: {interval: 5m, url: "https://git.example/org/fleet"}
                """);
    }

    @AfterEach
    void leaveNothingBehind() {
        programs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quarkus.http.port", "tidemark.broker.port"})
    void aPortInUseIsNamedWithItsSetting(String setting) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Program allInOne = programs.start(List.of(
                    Programs.java(),
                    "-Dquarkus.http.port=0",
                    "-D" + setting + "=" + taken.getLocalPort(),
                    "-Dtidemark.state=" + folder.resolve("state"),
                    "-Dtidemark.manifests=" + folder.resolve("own"),
                    "-jar",
                    Programs.root()
                            .resolve("all-in-one/target/quarkus-app/quarkus-run.jar")
                            .toString()));

            assertThat(allInOne.exitCode(Tidemark.LIMIT.toSeconds())).isEqualTo(4);
            assertThat(allInOne.complaints().lines())
                    .singleElement()
                    .asString()
                    .startsWith("tidemark: port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used (in use by"
                            + " process " + ProcessHandle.current().pid() + ", java)")
                    .contains("set another with " + setting);
        }
    }

    /** It was free when the start looked; webhooks and commands are promised nothing before all ports are open. */
    @Test
    void aPortThatIsTakenDuringTheStartIsNamedAndNothingWasPromised() throws Exception {
        Tidemark tidemark = new Tidemark(programs, folder.resolve("state"));
        int port = EmbeddedBroker.freePort();
        Program up =
                tidemark.start("up", "--manifests", folder.resolve("own").toString(), "--listen", "127.0.0.1:" + port);
        // made behind the look at the port, and long before it is opened
        Path broker = tidemark.state().resolve("kafka");
        await().atMost(Tidemark.LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> Files.exists(broker));

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(up.exitCode(Tidemark.LIMIT.toSeconds())).isEqualTo(1);
            assertThat(up.complaints().lines())
                    .filteredOn(line -> !line.startsWith("starting the services"))
                    .singleElement()
                    .asString()
                    .startsWith("tidemark: port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used")
                    .contains("set another with --listen");
        }
        // a slow machine has time to say that it is stopping
        assertThat(up.printed().lines()).allMatch(line -> line.startsWith("stopping"));
        assertThat(tidemark.state().resolve("endpoints.json")).doesNotExist();
    }

    /** The JVM's cache can hold no class of a signed jar, and every start would verify it (ADR 35). */
    @Test
    void noJarInThePackageIsSigned() throws IOException {
        try (Stream<Path> jars = Files.list(Programs.root().resolve("all-in-one/target/quarkus-app/lib/main"))) {
            for (Path path : jars.toList()) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    assertThat(jar.stream().map(JarEntry::getName))
                            .as("removed-resources in all-in-one's settings, for " + path.getFileName())
                            .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"));
                }
            }
        }
    }

    @Test
    void aStateFolderOfAnotherVersionIsLeftAlone() throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        Files.writeString(state.resolve("layout"), "99\n");

        Tidemark.Answer up = new Tidemark(programs, state)
                .run("up", "-f", folder.resolve("own").toString());

        assertThat(up.code()).isEqualTo(3);
        assertThat(up.err())
                .contains("tidemark: the state folder " + state
                        + " has layout 99, this Tidemark reads 1: use the version "
                        + "that made it, or another folder with --state");
        assertThat(state.resolve("layout")).hasContent("99");
        assertThat(state.resolve("kafka")).doesNotExist();
    }

    @Test
    void aSecondUpOnAStateFolderIsRefusedAndTheFirstGoesOn() throws Exception {
        Tidemark tidemark = new Tidemark(programs, folder.resolve("state"));
        Program first = tidemark.up(folder.resolve("own"));
        Files.createDirectories(folder.resolve("others"));

        Tidemark.Answer second =
                tidemark.run("up", "-f", folder.resolve("others").toString());

        assertThat(second.code()).isEqualTo(3);
        assertThat(second.err())
                .contains("tidemark: the state folder " + tidemark.state() + " is in use by another Tidemark: end that "
                        + "one, or choose another folder with --state");
        assertThat(first.isAlive()).isTrue();
        assertThat(tidemark.status()).contains(" runs at http://", "GitRepository own/first");
    }

    @Test
    void anOrderlyStopAsksNobodyWhoIsGone() throws Exception {
        Tidemark tidemark = new Tidemark(programs, folder.resolve("state"));
        Program up = tidemark.up(folder.resolve("own"));

        up.stop();

        assertThat(up.exitCode(Tidemark.LIMIT.toSeconds())).isEqualTo(143);
        assertThat(tidemark.log())
                .contains("tidemark stopped in ")
                .doesNotContain("Node may not be available", "does not leave its group");
    }

    @Test
    void aFullDiskEndsItWithTheReasonAndNothingIsLost() throws Exception {
        SmallDisk disk = SmallDisk.mount(programs, folder.resolve("disk"), DISK_MEGABYTES);
        try (Cluster cluster = Cluster.create(folder, List.of("my-app", "web"))) {
            cluster.poll("web", "2s");
            Tidemark tidemark = new Tidemark(programs, folder.resolve("disk/state"), disk.inside());
            String[] more = {
                "--manifests",
                Programs.root().resolve("examples/git-based").toString(),
                "--registry-mirror",
                "ghcr.io=" + cluster.registry()
            };
            cluster.push("web", "1.1.0");
            Program up = tidemark.up(cluster.ownManifests(), more);
            await().atMost(Tidemark.LIMIT).until(() -> cluster.committed(List.of("web"), "1.1.0"));

            disk.fill();
            cluster.push("web", "1.2.0");

            assertThat(up.exitCode(Tidemark.LIMIT.toSeconds())).isEqualTo(1);
            assertThat(up.complaints())
                    .contains("tidemark: the disk of the state folder " + tidemark.state()
                            + " is full: make room and start again");
            Tidemark.Answer again =
                    tidemark.run("up", "--manifests", cluster.ownManifests().toString());
            assertThat(again.code()).isNotZero();
            assertThat(again.err()).contains("full");

            disk.makeRoom();
            Program unused = tidemark.up(cluster.ownManifests(), more);

            await().atMost(Tidemark.LIMIT).until(() -> cluster.committed(List.of("web"), "1.2.0"));
            String branch = cluster.branches().getFirst();
            assertThat(cluster.commitsOf(branch, "web", "1.1.0")).isEqualTo(1);
            assertThat(cluster.commitsOf(branch, "web", "1.2.0")).isEqualTo(1);
        }
    }
}

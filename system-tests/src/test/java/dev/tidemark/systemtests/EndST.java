package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.Programs.Program;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.HeldPushes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while something is under way. */
class EndST {

    private static final List<String> APPS = List.of("my-app", "web");

    private final Programs programs;
    private final GitHttpServer git;
    private final Cluster cluster;
    private final Tidemark tidemark;

    EndST(@TempDir Path folder) throws IOException {
        this.programs = new Programs(folder);
        this.git = GitHttpServer.start(folder);
        this.cluster = Cluster.create(folder, APPS, git);
        this.tidemark = new Tidemark(programs, folder.resolve("state"));
    }

    @BeforeEach
    void first() throws Exception {
        cluster.poll("web", "2s");
        cluster.push("web", "1.1.0");
    }

    @AfterEach
    void leaveNothingBehind() {
        programs.close();
        git.close();
        cluster.close();
    }

    private Program up() throws Exception {
        return tidemark.up(
                cluster.ownManifests(),
                "--manifests",
                Programs.root().resolve("examples/git-based").toString(),
                "--registry-mirror",
                "ghcr.io=" + cluster.registry());
    }

    private void awaitCommitted(String version) {
        await().atMost(Tidemark.LIMIT).until(() -> cluster.committed(List.of("web"), version));
    }

    private static void awaitPrinted(Program up, String text) {
        await().atMost(Tidemark.LIMIT).until(() -> up.printed().contains(text));
    }

    @Test
    void anEndWaitsForAPushAndSaysSo() throws Exception {
        Program up = up();
        awaitCommitted("1.1.0");
        try (HeldPushes pushes = git.holdPushes("fleet.git")) {
            cluster.push("web", "1.2.0");
            await().atMost(Tidemark.LIMIT).until(() -> pushes.arrived() == 1);

            up.interrupt();

            awaitPrinted(up, "stopping: waiting for a push of refs/heads/");
            assertThat(up.isAlive()).isTrue();
        }
        assertThat(up.exitCode(Tidemark.LIMIT.toSeconds())).isEqualTo(130);
        assertThat(up.printed()).contains(" to " + git.url("fleet.git"));
        assertThat(cluster.committed(List.of("web"), "1.2.0")).isTrue();
        assertThat(tidemark.log()).contains("event=committed");
    }

    @Test
    void aSecondInterruptEndsAtOnceAndNothingIsLost() throws Exception {
        Program up = up();
        awaitCommitted("1.1.0");
        try (HeldPushes pushes = git.holdPushes("fleet.git")) {
            cluster.push("web", "1.2.0");
            await().atMost(Tidemark.LIMIT).until(() -> pushes.arrived() == 1);
            up.interrupt();
            awaitPrinted(up, "stopping: waiting for a push");

            up.interrupt();

            assertThat(up.exitCode(Tidemark.LIMIT.toSeconds())).isEqualTo(130);
            assertThat(up.complaints()).contains("ended at once");
        }
        Program unused = up();
        awaitCommitted("1.2.0");
        assertThat(cluster.commitsOf(cluster.branches().getFirst(), "web", "1.2.0"))
                .isEqualTo(1);
    }
}

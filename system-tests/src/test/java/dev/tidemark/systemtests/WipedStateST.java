package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.systemtests.Programs.Program;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With no memory the branch itself is the memory: what it holds and the list lacks is confirmed first (faults D9). */
class WipedStateST {

    private static final String BRANCH = "updates";

    private final Path folder;
    private final Programs programs;
    private DemoRegistry registry;
    private Gate gate;
    private GitHttpServer git;
    private GitRemote fleet;
    private AppManifests app;
    private Path manifests;

    WipedStateST(@TempDir Path folder) {
        this.folder = folder;
        this.programs = new Programs(folder);
    }

    @BeforeEach
    void surroundings() throws IOException {
        registry = DemoRegistry.start(folder.resolve("registry"), 0);
        gate = new Gate(registry.address());
        git = GitHttpServer.start(folder);
        fleet = GitRemote.create(folder, "fleet");
        app = new AppManifests("apps", gate, git, "1h");
        manifests = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("all.yaml"), app.repository() + app.policy(">=1.0.0") + app.automation());
        String unused = fleet.commit("main", "begin", Map.of(AppManifests.FILE, app.marked()));
    }

    @AfterEach
    void leaveNothingBehind() {
        programs.close();
        git.close();
        gate.close();
        registry.close();
    }

    @Test
    void aListInPartIsNoDowngrade() throws Exception {
        push("1.0.0");
        push("1.1.0");
        Tidemark first = new Tidemark(programs, folder.resolve("state"));
        Program up = first.up(manifests);
        awaitCommitted("1.1.0");
        up.process().destroy();
        assertThat(up.exitCode(Tidemark.LIMIT.toSeconds())).isNotNegative();

        gate.listHalf();
        Tidemark without = new Tidemark(programs, folder.resolve("another-state"));
        var unused = without.up(manifests);

        awaitReady(without, "ImagePolicy", "resolved to 1.1.0");
        awaitReady(without, "ImageUpdateAutomation", "repository up-to-date");
        push("1.2.0");
        gate.open();
        assertThat(without.run("reconcile", "image", "repository", "app", "-n", "apps")
                        .code())
                .isZero();
        awaitCommitted("1.2.0");
        assertThat(fleet.git("rev-list", "--count", BRANCH).strip())
                .as("the beginning, 1.1.0 and 1.2.0")
                .isEqualTo("3");
    }

    @Test
    void whatTheRegistryDoesNotHaveIsReplaced() throws Exception {
        push("1.0.0");
        String unused = fleet.commit(
                "main", "somebody's", Map.of(AppManifests.FILE, app.marked().replace(":1.0.0", ":9.0.0")));
        Tidemark tidemark = new Tidemark(programs, folder.resolve("state"));
        var up = tidemark.up(manifests);

        awaitCommitted("1.0.0");

        assertThat(up.isAlive()).isTrue();
    }

    private void push(String tag) throws IOException, InterruptedException {
        try (DemoPush push = new DemoPush(registry.address())) {
            var unused = push.push("my-org/app", tag);
        }
    }

    private static void awaitReady(Tidemark tidemark, String kind, String message) {
        await().atMost(Tidemark.LIMIT).untilAsserted(() -> assertThat(tidemark.statusFile(kind, "apps", "app"))
                .contains(message));
    }

    private void awaitCommitted(String tag) {
        await().atMost(Tidemark.LIMIT)
                .untilAsserted(() -> assertThat(fleet.branches()).contains(BRANCH));
        await().atMost(Tidemark.LIMIT).untilAsserted(() -> assertThat(fleet.read(BRANCH, AppManifests.FILE))
                .contains(app.image() + ':' + tag + "  #"));
    }
}

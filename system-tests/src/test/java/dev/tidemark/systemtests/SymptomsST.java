package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The five rows of the seed's troubleshooting table: each symptom is provoked, Tidemark's own diagnosis is read where a
 * user looks, then the table's fix is applied and has to help. One Tidemark for all, a namespace for each.
 */
class SymptomsST {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static Path folder = Path.of("");
    private static Programs programs = new Programs(Path.of(""));
    private static Tidemark tidemark = new Tidemark(programs, Path.of(""));

    private String namespace = "";
    private DemoRegistry registry;
    private Gate gate;
    private GitRemote fleet;
    private GitHttpServer git;
    private AppManifests app;

    @BeforeAll
    static void up(@TempDir Path temporary) throws IOException {
        folder = temporary;
        programs = new Programs(folder);
        tidemark = new Tidemark(programs, folder.resolve("state"));
        Files.createDirectories(folder.resolve("manifests"));
        var unused = tidemark.up(folder.resolve("manifests"));
    }

    @AfterAll
    static void down() {
        programs.close();
    }

    @BeforeEach
    void surroundings(TestInfo test, @TempDir Path own) throws IOException {
        namespace = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
        registry = DemoRegistry.start(own.resolve("registry"), 0);
        gate = new Gate(registry.address());
        fleet = GitRemote.create(own, "fleet");
        git = GitHttpServer.start(own);
        app = new AppManifests(namespace, gate, git, "2s");
    }

    @AfterEach
    void tearDown() throws IOException {
        Files.deleteIfExists(folder.resolve("manifests").resolve(namespace + ".yaml"));
        git.close();
        gate.close();
        registry.close();
    }

    @Test
    void imageRepositoryIsNotReadyWithAnAuthenticationError() throws Exception {
        gate.demand(AppManifests.USER, "right");
        push("1.0.0");
        declare(app.secret("wrong") + app.repositoryWithSecret());

        awaitStatus("ImageRepository", "app", "status: \"False\"", "reason: ReadOperationFailed");
        assertThat(tidemark.describe("imagerepository", namespace, "app"))
                .contains("UNAUTHORIZED", "Secret '" + namespace + "/registry-credentials'");
        assertThat(tidemark.status())
                .containsPattern("Failing \\(\\d+\\)[\\s\\S]*ImageRepository " + namespace
                        + "/app .*UNAUTHORIZED.*Secret '" + namespace + "/registry-credentials'");

        declare(app.secret("right") + app.repositoryWithSecret());

        awaitStatus("ImageRepository", "app", "status: \"True\"", "found 1 tags");
    }

    @Test
    void imagePolicyShowsNoLatestImage() throws Exception {
        push("1.0.0");
        declare(app.repository() + app.policy(">=9.0.0 <10.0.0"));

        awaitStatus("ImagePolicy", "app", "status: \"False\"", "unable to determine latest version");
        assertThat(tidemark.run("get", "imagepolicy", "app", "-n", namespace, "-o", "jsonpath={.status.latestImage}")
                        .out())
                .isEmpty();
        assertThat(tidemark.describe("imagepolicy", namespace, "app")).contains(">=9.0.0 <10.0.0");
        assertThat(tidemark.status())
                .containsPattern("Failing \\(\\d+\\)[\\s\\S]*ImagePolicy " + namespace + "/app .*latest version");

        push("9.1.0");

        awaitStatus("ImagePolicy", "app", "latestImage: " + app.image() + ":9.1.0");
    }

    @Test
    void noCommitDespiteASelection() throws Exception {
        push("1.1.0");
        String unused = fleet.commit("main", "begin", Map.of(AppManifests.FILE, app.deployment("")));
        declare(app.repository() + app.policy("1.x") + app.automation());

        awaitStatus("ImageUpdateAutomation", "app", "type: MarkersFound", "reason: NoMarkers");
        String advice = "{\"$imagepolicy\": \"" + namespace + ":app\"}";
        assertThat(tidemark.describe("imageupdateautomation", namespace, "app"))
                .contains("no marker below ./clusters/staging names a selected policy", advice);
        assertThat(tidemark.status())
                .containsPattern("Waiting \\(\\d+\\)[\\s\\S]*ImageUpdateAutomation " + namespace + "/app .*no marker");
        assertThat(fleet.branches()).containsExactly("main");

        unused = fleet.commit("main", "mark", Map.of(AppManifests.FILE, app.deployment("  # " + advice)));

        awaitCommit("1.1.0");
        assertThat(tidemark.status()).doesNotContain("no marker");
    }

    @Test
    void automationFailsToPush() throws Exception {
        push("1.1.0");
        String unused = fleet.commit("main", "begin", Map.of(AppManifests.FILE, app.marked()));
        unused = fleet.git("config", "http.receivepack", "false");
        declare(app.repository() + app.policy("1.x") + app.automation());

        awaitStatus("ImageUpdateAutomation", "app", "reason: GitOperationFailed", "write access");
        assertThat(tidemark.describe("imageupdateautomation", namespace, "app"))
                .contains("GitRepository/" + namespace + "/app");
        assertThat(tidemark.status())
                .containsPattern(
                        "Failing \\(\\d+\\)[\\s\\S]*ImageUpdateAutomation " + namespace + "/app .*write access");

        Path hook = fleet.folder().resolve("hooks/pre-receive");
        Files.writeString(hook, "#!/bin/sh\necho 'this key may only read' >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        unused = fleet.git("config", "http.receivepack", "true");

        awaitStatus("ImageUpdateAutomation", "app", "reason: GitOperationFailed", "this key may only read");
        assertThat(fleet.branches()).containsExactly("main");

        Files.delete(hook);

        awaitCommit("1.1.0");
        assertThat(fleet.messages("updates")).hasSize(2);
    }

    @Test
    void inputProviderDoesNotDetectANewTag() throws Exception {
        gate.demand(AppManifests.USER, "right");
        push("1.1.0");
        declare(app.secret("wrong") + app.provider("1.x"));

        awaitStatus("ResourceSetInputProvider", "app", "status: \"False\"", "UNAUTHORIZED");
        assertThat(tidemark.describe("resourcesetinputprovider", namespace, "app"))
                .contains("Secret '" + namespace + "/registry-credentials'");
        assertThat(tidemark.status())
                .containsPattern(
                        "Failing \\(\\d+\\)[\\s\\S]*ResourceSetInputProvider " + namespace + "/app .*UNAUTHORIZED");

        declare(app.secret("right") + app.provider("9.x"));

        awaitStatus("ResourceSetInputProvider", "app", "semver '9.x'");
        assertThat(tidemark.describe("resourcesetinputprovider", namespace, "app"))
                .contains("no tag");
        assertThat(tidemark.status()).containsPattern("ResourceSetInputProvider " + namespace + "/app .*no tag.*9\\.x");

        declare(app.secret("right") + app.provider("1.x"));

        awaitStatus("ResourceSetInputProvider", "app", "exports 1 tag", "tag: 1.1.0");
    }

    private void push(String version) throws IOException, InterruptedException {
        try (DemoPush push = new DemoPush(registry.address())) {
            String unused = push.push("my-org/app", version);
        }
    }

    private void declare(String text) throws IOException {
        Files.writeString(folder.resolve("manifests").resolve(namespace + ".yaml"), text);
    }

    private void awaitStatus(String kind, String name, String... texts) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(tidemark.statusFile(kind, namespace, name))
                .as(kind + " " + namespace + "/" + name)
                .contains(texts));
    }

    private void awaitCommit(String version) {
        await().atMost(LIMIT).until(() -> fleet.branches().contains("updates"));
        assertThat(fleet.read("updates", AppManifests.FILE)).contains("image: " + app.image() + ":" + version);
    }
}

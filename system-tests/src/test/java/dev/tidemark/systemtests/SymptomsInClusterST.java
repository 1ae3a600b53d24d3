package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The seed's troubleshooting table in a cluster: each symptom is provoked, the command of {@code docs/troubleshooting.md} shows
 * its cause, and the fix helps. One all-in-one for all, as its pod has it, and the real kubectl.
 */
class SymptomsInClusterST {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static ApiServer server;
    private static Programs programs;

    private String namespace;
    private DemoRegistry registry;
    private Gate gate;
    private GitRemote fleet;
    private GitHttpServer git;
    private AppManifests app;

    @BeforeAll
    static void up(@TempDir Path folder) throws IOException {
        server = ApiServer.shared();
        programs = new Programs(folder);
        var unused = Pod.start(programs, server, folder, Map.of());
    }

    @AfterAll
    static void down() {
        programs.close();
    }

    @BeforeEach
    void surroundings(@TempDir Path own) throws IOException {
        namespace = server.namespace();
        registry = DemoRegistry.start(own.resolve("registry"), 0);
        gate = new Gate(registry.address());
        fleet = GitRemote.create(own, "fleet");
        git = GitHttpServer.start(own);
        app = new AppManifests(namespace, gate, git, "2s");
    }

    @AfterEach
    void tearDown() {
        // what stays is worked on by the next one that runs on this server
        server.kubectl("delete", "imagerepository,imagepolicy,imageupdateautomation,rsip", "--all", "-n", namespace);
        git.close();
        gate.close();
        registry.close();
    }

    @Test
    void imageRepositoryIsNotReadyWithAnAuthenticationError() throws Exception {
        gate.demand(AppManifests.USER, "right");
        push("1.0.0");
        apply(app.secret("wrong") + app.repositoryWithSecret());

        awaitDescribed(
                "imagerepository",
                "ReadOperationFailed",
                "UNAUTHORIZED",
                "Secret '" + namespace + "/registry-credentials'");

        recreateSecret("right");

        awaitDescribed("imagerepository", "found 1 tags");
        server.kubectl("wait", "--for=condition=Ready", "imagerepository/app", "-n", namespace, "--timeout=60s");
    }

    @Test
    void imagePolicyShowsNoLatestImage() throws Exception {
        push("1.0.0");
        apply(app.repository() + app.policy(">=9.0.0 <10.0.0"));

        awaitDescribed("imagepolicy", "unable to determine latest version", ">=9.0.0 <10.0.0");
        assertThat(get("imagepolicies.v1beta2.image.toolkit.fluxcd.io", "{.status.latestImage}"))
                .isEmpty();
        assertThat(get("imagerepository", "{.status.lastScanResult}"))
                .contains("\"tagCount\":1", "\"latestTags\":[\"1.0.0\"]");

        push("9.1.0");

        awaitDescribed("imagepolicy", app.image() + ":9.1.0");
    }

    @Test
    void noCommitDespiteASelection() throws Exception {
        push("1.1.0");
        String unused = fleet.commit("main", "begin", Map.of(AppManifests.FILE, app.deployment("")));
        apply(app.repository() + app.policy("1.x") + app.automation());

        String marker = "{\"$imagepolicy\": \"" + namespace + ":app\"}";
        awaitDescribed("imageupdateautomation", "MarkersFound", "NoMarkers", "./clusters/staging", marker);
        assertThat(fleet.branches()).containsExactly("main");

        unused = fleet.commit("main", "mark", Map.of(AppManifests.FILE, app.deployment("  # " + marker)));

        awaitCommit("1.1.0");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        get("imageupdateautomation", "{.status.conditions[?(@.type==\"MarkersFound\")].status}"))
                .isEqualTo("True"));
    }

    @Test
    void automationFailsToPush() throws Exception {
        push("1.1.0");
        String unused = fleet.commit("main", "begin", Map.of(AppManifests.FILE, app.marked()));
        unused = fleet.git("config", "http.receivepack", "false");
        apply(app.repository() + app.policy("1.x") + app.automation());

        awaitDescribed(
                "imageupdateautomation", "GitOperationFailed", "write access", "GitRepository/" + namespace + "/app");

        unused = fleet.git("config", "http.receivepack", "true");

        awaitCommit("1.1.0");
        server.kubectl("wait", "--for=condition=Ready", "imageupdateautomation/app", "-n", namespace, "--timeout=60s");
    }

    @Test
    void inputProviderDoesNotDetectANewTag() throws Exception {
        gate.demand(AppManifests.USER, "right");
        push("1.1.0");
        apply(app.secret("wrong") + app.provider("1.x"));

        awaitDescribed("resourcesetinputprovider", "UNAUTHORIZED", "Secret '" + namespace + "/registry-credentials'");

        recreateSecret("right");
        apply(app.provider("9.x"));

        awaitDescribed("resourcesetinputprovider", "no tag", "semver '9.x'");

        apply(app.provider("1.x"));

        awaitDescribed("resourcesetinputprovider", "exports 1 tag", "1.1.0");
    }

    private void push(String version) throws IOException, InterruptedException {
        try (DemoPush push = new DemoPush(registry.address())) {
            String unused = push.push("my-org/app", version);
        }
    }

    private void apply(String manifests) {
        server.admin().apply(manifests);
    }

    /** With the commands of the page. */
    private void recreateSecret(String password) {
        apply(server.kubectl(
                "-n",
                namespace,
                "create",
                "secret",
                "docker-registry",
                "registry-credentials",
                "--docker-server=" + gate.authority(),
                "--docker-username=" + AppManifests.USER,
                "--docker-password=" + password,
                "--dry-run=client",
                "-o",
                "yaml"));
    }

    private String get(String kind, String path) {
        return server.kubectl("-n", namespace, "get", kind, "app", "-o", "jsonpath=" + path);
    }

    private void awaitDescribed(String kind, String... texts) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(server.kubectl("-n", namespace, "describe", kind, "app"))
                .contains(texts));
    }

    private void awaitCommit(String version) {
        await().atMost(LIMIT).until(() -> fleet.branches().contains("updates"));
        assertThat(fleet.read("updates", AppManifests.FILE)).contains("image: " + app.image() + ":" + version);
    }
}

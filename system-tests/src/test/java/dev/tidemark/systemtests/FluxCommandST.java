package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.kube.ApiServer;
import dev.tidemark.testkit.kube.ClusterProgram;
import dev.tidemark.testkit.kube.ClusterProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real {@code flux} on what Tidemark works on. It waits by kstatus' own code and not by conditions, so it shows that our
 * statuses are computed right, too. Every interval is an hour: what happens was asked for.
 */
class FluxCommandST {

    private static ApiServer server;
    private static ClusterProgram flux;
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
        flux = server.flux(server.kubeconfig());
        programs = new Programs(folder);
        var unused = Pod.start(programs, server, folder, Map.of());
    }

    @AfterAll
    static void down() {
        programs.close();
    }

    @BeforeEach
    void surroundings(@TempDir Path own) throws Exception {
        namespace = server.namespace();
        registry = DemoRegistry.start(own.resolve("registry"), 0);
        gate = new Gate(registry.address());
        fleet = GitRemote.create(own, "fleet");
        git = GitHttpServer.start(own);
        app = new AppManifests(namespace, gate, git, "1h");
        push("1.1.0");
    }

    @AfterEach
    void tearDown() {
        // what stays is worked on by the next one that runs on this server
        server.kubectl(
                "delete", "imagerepository,imagepolicy,imageupdateautomation,receiver", "--all", "-n", namespace);
        git.close();
        gate.close();
        registry.close();
    }

    private void push(String version) throws IOException, InterruptedException {
        try (DemoPush push = new DemoPush(registry.address())) {
            String unused = push.push("my-org/app", version);
        }
    }

    /** What it prints goes to both streams. */
    private String flux(String... arguments) {
        Answer answer = attempt(arguments);
        assertThat(answer.exit())
                .as("flux %s: %s%s", String.join(" ", arguments), answer.output(), answer.error())
                .isZero();
        return answer.output() + answer.error();
    }

    private Answer attempt(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-n", namespace));
        return flux.attempt("", all.toArray(String[]::new));
    }

    private void declareAll() {
        String unused = fleet.commit("main", "begin", Map.of(AppManifests.FILE, app.marked()));
        server.admin().apply(app.repository() + app.policy("1.x") + app.automation());
        for (String kind : List.of("imagerepository", "imagepolicy", "imageupdateautomation")) {
            server.kubectl("wait", "--for=condition=Ready", kind + "/app", "-n", namespace, "--timeout=60s");
        }
    }

    private String committed() {
        return fleet.read("updates", AppManifests.FILE);
    }

    @Test
    void getsShowsEventsAndReconcilesWhatIsReady() throws Exception {
        declareAll();

        assertThat(flux("get", "images", "all", "-A"))
                .contains("imagerepository/app", "successful scan: found 1 tags")
                .contains("imagepolicy/app", "1.1.0")
                .contains("imageupdateautomation/app");
        assertThat(flux("get", "image", "policy", "app"))
                .containsPattern("app\\s+" + app.image() + "\\s+1\\.1\\.0\\s+True");

        push("1.2.0");
        assertThat(flux("reconcile", "image", "repository", "app")).contains("scan fetched 2 tags");
        assertThat(flux("reconcile", "image", "policy", "app")).contains("1.2.0");
        assertThat(flux("reconcile", "image", "update", "app")).contains("reconciliation");
        assertThat(committed()).contains(app.image() + ":1.2.0");

        assertThat(flux("events", "--for", "ImagePolicy/app")).contains("1.2.0");
        assertThat(flux("events", "-A")).contains("ImageUpdateAutomation/app");
    }

    @Test
    void resumesWhatItSuspended() throws Exception {
        declareAll();
        for (String kind : List.of("repository", "policy", "update")) {
            flux("suspend", "image", kind, "app");
        }
        assertThat(flux("get", "images", "all")).containsPattern("imagerepository/app\\s.*True\\s+True");
        push("1.2.0");
        assertThat(attempt("reconcile", "image", "repository", "app").error()).contains("resource is suspended");

        for (String kind : List.of("repository", "policy", "update")) {
            assertThat(flux("resume", "image", kind, "app")).contains("reconciliation completed");
        }
        flux("reconcile", "image", "repository", "app");
        flux("reconcile", "image", "update", "app");
        assertThat(committed()).contains(app.image() + ":1.2.0");
    }

    @Test
    void saysAtOnceThatItCannotBecomeReady() {
        server.admin().apply(app.repository().replace("image: \"", "image: \"oci://"));
        Answer answer = attempt("reconcile", "image", "repository", "app", "--timeout=60s");
        assertThat(answer.exit()).isNotZero();
        assertThat(answer.error()).contains("oci://").doesNotContain("deadline");
    }

    @Test
    void waitsForWhatIsTriedAgain() {
        gate.demand(AppManifests.USER, "right");
        server.admin().apply(app.secret("wrong") + app.repositoryWithSecret());
        Answer answer = attempt("reconcile", "image", "repository", "app", "--timeout=5s");
        assertThat(answer.exit()).isNotZero();
        assertThat(answer.error()).contains("deadline");
        assertThat(flux("get", "image", "repository", "app")).contains("False", "UNAUTHORIZED");

        server.admin().apply(app.secret("right"));
        assertThat(flux("reconcile", "image", "repository", "app")).contains("scan fetched 1 tags");
    }

    @Test
    void reconcilesAReceiver() {
        server.admin().apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: token, namespace: %1$s}
                stringData: {token: its-token}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: app, namespace: %1$s}
                spec:
                  type: generic
                  secretRef: {name: token}
                  resources: [{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, name: app}]
                """.formatted(namespace));
        server.kubectl("wait", "--for=condition=Ready", "receiver/app", "-n", namespace, "--timeout=60s");
        flux("reconcile", "receiver", "app");
        assertThat(flux("get", "receivers")).contains("app").contains("True");
        flux("suspend", "receiver", "app");
        flux("resume", "receiver", "app");
    }
}

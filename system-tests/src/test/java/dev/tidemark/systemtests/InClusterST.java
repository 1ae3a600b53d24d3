package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.TestBroker;
import dev.tidemark.testkit.kube.ApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The seed's walk through both models in a cluster: a real API server with RBAC on, our definitions, the accounts and roles of
 * {@code deploy/base}, the four services as processes, each with its own account, and kubectl.
 */
class InClusterST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PARTITIONS = 2;

    /** Twelve were counted: six statuses, five Events and the Kustomization; a busy machine may part what goes together. */
    private static final long MOST_WRITES = 16;

    private static final List<String> APPS = List.of("my-app");
    private static final String NAMESPACE = "flux-system";
    private static final String OWN = "tidemark";

    private final ApiServer server = ApiServer.shared();
    private final Map<Service, Replica> running = new EnumMap<>(Service.class);

    private TestBroker broker;
    private GitHttpServer git;
    private Cluster surroundings;
    private Programs programs;
    private Services services;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server.installDefinitions();
        server.kubectl(
                "apply",
                "--server-side",
                "-k",
                Programs.root().resolve("deploy/base").toString());
        server.kubectl("create", "namespace", NAMESPACE);
        broker = TestBroker.start(folder.resolve("broker"));
        git = GitHttpServer.start(folder);
        surroundings = Cluster.create(folder, APPS, git);
        programs = new Programs(folder);
        services = new Services(
                programs,
                broker.bootstrapServers(),
                PARTITIONS,
                surroundings.manifests(),
                surroundings.state(),
                surroundings.registry());
        surroundings.push("my-app", "1.1.0");
        for (Path manifests : surroundings.manifests()) {
            server.kubectl("apply", "-f", manifests.toString());
        }
        for (Service service : Service.values()) {
            running.put(service, services.start(service, environment(service)));
        }
        running.values().forEach(replica -> await().atMost(LIMIT).until(() -> services.isReady(replica)));
    }

    private Map<String, String> environment(Service service) {
        return Map.of(
                "TIDEMARK_RESOURCES",
                "kubernetes",
                "KUBECONFIG",
                server.kubeconfig(OWN, service.module()).toString());
    }

    @AfterEach
    void stop() {
        services.close();
        programs.close();
        surroundings.close();
        git.close();
        broker.close();
    }

    @Test
    void bothModelsFollowAPush() throws Exception {
        awaitReady("imagerepository/my-app", "imagepolicy/my-app", "imageupdateautomation/flux-system");
        awaitReady("resourcesetinputprovider/app-image-tag", "resourceset/my-app");
        assertThat(get("imagepolicies.v1beta2.image.toolkit.fluxcd.io", "my-app", "{.status.latestImage}"))
                .isEqualTo("ghcr.io/my-org/my-app:1.1.0");
        awaitShown("1.1.0");

        surroundings.notify(replica(Service.REGISTRY_WATCHER).http());
        Map<String, Long> before = settledWrites();
        surroundings.push("my-app", "1.4.2");

        awaitShown("1.4.2");
        Map<String, Long> after = settledWrites();
        // the server's own
        after.remove("leases");
        after.replaceAll((resource, count) -> count - before.getOrDefault(resource, 0L));
        assertThat(after.values().stream().mapToLong(Long::longValue).sum())
                .as("writes for one push, both models together: %s", after)
                .isLessThanOrEqualTo(MOST_WRITES);
        assertThat(server.kubectl("get", "kustomization", "-l", "resourceset.fluxcd.io/name=my-app", "-A"))
                .contains("my-app");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(server.kubectl("get", "events", "-n", NAMESPACE))
                .contains("imagepolicy/my-app")
                .contains("1.4.2"));
        running.values().forEach(replica -> assertThat(replica.program().output())
                .as("what " + replica.service() + " may not do")
                .doesNotContain("forbidden"));

        // it waits for its objects to go
        server.kubectl("delete", "resourceset", "my-app", "-n", NAMESPACE, "--timeout=60s");
        assertThat(server.kubectl("get", "kustomization", "-n", NAMESPACE, "-o", "name"))
                .isEmpty();
    }

    /** When nothing is written any more for a while. */
    private Map<String, Long> settledWrites() {
        await().atMost(LIMIT)
                .during(Duration.ofSeconds(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(new Callable<>() {
                    private Map<String, Long> last = Map.of();

                    @Override
                    public Boolean call() {
                        Map<String, Long> now = server.writes();
                        boolean same = now.equals(last);
                        last = now;
                        return same;
                    }
                });
        return server.writes();
    }

    private void awaitReady(String... objects) {
        for (String object : objects) {
            server.kubectl("wait", "--for=condition=Ready", object, "-n", NAMESPACE, "--timeout=90s");
        }
    }

    private String get(String kind, String name, String path) {
        return server.kubectl("get", kind, name, "-n", NAMESPACE, "-o", "jsonpath=" + path);
    }

    private void awaitShown(String version) {
        try {
            await().atMost(LIMIT)
                    .until(() -> surroundings.committed(APPS, version)
                            && get("kustomization", "my-app", "{.spec.postBuild.substitute.APP_IMAGE_TAG}")
                                    .equals(version));
        } catch (ConditionTimeoutException | AssertionError e) {
            StringBuilder text = new StringBuilder(version + " does not arrive\n" + surroundings.situation());
            text.append(server.admin()
                    .attempt(
                            "",
                            "get",
                            "imagerepository,imagepolicy,imageupdateautomation,rsip,rset,events",
                            "-A",
                            "-o",
                            "wide")
                    .output());
            running.values().forEach(replica -> text.append("--- ")
                    .append(replica.service())
                    .append('\n')
                    .append(replica.program().output()));
            throw new AssertionError(text.toString(), e);
        }
    }

    private Replica replica(Service service) {
        return Objects.requireNonNull(running.get(service));
    }
}

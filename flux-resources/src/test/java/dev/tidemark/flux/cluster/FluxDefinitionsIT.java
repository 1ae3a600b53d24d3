package dev.tidemark.flux.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.ImageRepositoryStatus.ScanResult;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.folder.SteppedClock;
import dev.tidemark.flux.status.StatusStore.Outcome;
import dev.tidemark.testkit.kube.ApiServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On the definitions that Flux installed, of several years: Tidemark works as far as they allow, and says what they do not. */
class FluxDefinitionsIT {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    private static final List<Kind<?>> IMAGES =
            List.of(Kinds.IMAGE_REPOSITORY, Kinds.IMAGE_POLICY, Kinds.IMAGE_UPDATE_AUTOMATION);

    private static final String OBJECTS = """
            apiVersion: image.toolkit.fluxcd.io/REPOSITORY
            kind: ImageRepository
            metadata: {name: web}
            spec: {image: ghcr.io/acme/web, interval: 5m, exclusionList: [old]}
            ---
            apiVersion: image.toolkit.fluxcd.io/REPOSITORY
            kind: ImagePolicy
            metadata: {name: web}
            spec:
              imageRepositoryRef: {name: web}
              filterTags: {pattern: "^v(.*)$", extract: "$1"}
              policy: {semver: {range: 1.x}}
            ---
            apiVersion: image.toolkit.fluxcd.io/AUTOMATION
            kind: ImageUpdateAutomation
            metadata: {name: web}
            spec:
              interval: 5m
              sourceRef: {kind: GitRepository, name: fleet}
              git:
                commit: {author: {email: bot@example.com}}
                push: {branch: updates}
              update: {path: ./apps, strategy: Setters}
            """;

    /** All that is ever said of them. */
    private static Object status(Kind<?> kind) {
        var ready = Conditions.after(List.of(), 1, NOW).succeeded("Succeeded", "fine");
        ImageRef image = new ImageRef("ghcr.io/acme/web", "v1.2.3", "sha256:" + "0".repeat(64));
        if (kind.equals(Kinds.IMAGE_REPOSITORY)) {
            return new ImageRepositoryStatus(
                    ready,
                    "ghcr.io/acme/web",
                    new ScanResult("r1", 2, NOW, List.of("v1.2.3", "v1.2.2")),
                    List.of("old"),
                    1,
                    "asked");
        }
        return kind.equals(Kinds.IMAGE_POLICY)
                ? new ImagePolicyStatus(
                        ready, "ghcr.io/acme/web:v1.2.3", image, "ghcr.io/acme/web:v1.2.2", image, 1, "asked")
                : new ImageUpdateAutomationStatus(
                        ready, NOW, "c0ffee", NOW, Map.of("web", image), "main@sha1:c0ffee", 1, "asked");
    }

    private static Path definitions(String release) {
        return Path.of("src/test/resources/flux-definitions").resolve(release);
    }

    private static String objects(String repository, String automation) {
        return OBJECTS.replace("REPOSITORY", repository).replace("AUTOMATION", automation);
    }

    /** Writes what is said of each object twice; each write counts. */
    private static Map<String, Long> requests(
            Connection connection, ClusterStatuses statuses, ResourceCache cache, String namespace) {
        Map<String, Long> requests = new LinkedHashMap<>();
        for (Kind<?> kind : IMAGES) {
            Resource<?> web = cache.find(kind, namespace, "web").orElseThrow();
            long before = connection.api().requests();
            Object status = status(kind);
            assertThat(statuses.write(
                            web,
                            status,
                            statuses.read(web.id(), status.getClass()).version()))
                    .as("%s", kind)
                    .isEqualTo(Outcome.WRITTEN);
            assertThat(statuses.write(
                            web,
                            status,
                            statuses.read(web.id(), status.getClass()).version()))
                    .as("%s again", kind)
                    .isEqualTo(Outcome.UNCHANGED);
            requests.put(kind.name(), connection.api().requests() - before);
        }
        return requests;
    }

    private static Outcome write(ClusterStatuses statuses, Resource<?> of, Object status) {
        return statuses.write(
                of, status, statuses.read(of.id(), status.getClass()).version());
    }

    private static String shown(ApiServer server, String namespace, Kind<?> kind, String path) {
        return server.kubectl(
                "get", kind.plural() + '.' + kind.group(), "web", "-n", namespace, "-o", "jsonpath={" + path + "}");
    }

    private static void assertReady(ApiServer server, String namespace) {
        for (Kind<?> kind : IMAGES) {
            assertThat(shown(server, namespace, kind, ".status.conditions[?(@.type==\"Ready\")].message"))
                    .as("%s", kind)
                    .isEqualTo("fine");
        }
        assertThat(shown(server, namespace, Kinds.IMAGE_REPOSITORY, ".status.lastScanResult.tagCount"))
                .isEqualTo("2");
        assertThat(shown(server, namespace, Kinds.IMAGE_UPDATE_AUTOMATION, ".status.lastPushCommit"))
                .isEqualTo("c0ffee");
    }

    private static List<String> problems(Connection connection) {
        return new InstalledDefinitions(connection.api())
                .problems().stream()
                        .filter(problem -> problem.startsWith("Image"))
                        .toList();
    }

    @Test
    void worksOnThoseOfFlux22AndOnTheSameObjectsWithOurs() {
        try (ApiServer server = ApiServer.fresh()) {
            server.install(definitions("2.2"));
            String namespace = server.namespace();
            server.admin().apply(objects("v1beta1", "v1beta1"), "-n", namespace);
            SteppedClock clock = new SteppedClock(NOW);
            try (Connection connection = Connection.of(server, namespace)) {
                ResourceCache cache = connection.cache(IMAGES.toArray(Kind<?>[]::new));
                ClusterStatuses statuses = new ClusterStatuses(connection.api(), connection.source(), clock);
                // nothing can be applied to objects of v1beta1: the apply, the question, the apply again, the patch
                assertThat(requests(connection, statuses, cache, namespace))
                        .containsExactly(
                                Map.entry("ImageRepository", 4L),
                                Map.entry("ImagePolicy", 4L),
                                Map.entry("ImageUpdateAutomation", 3L));
                assertReady(server, namespace);
                assertThat(shown(server, namespace, Kinds.IMAGE_POLICY, ".status.latestImage"))
                        .isEqualTo("ghcr.io/acme/web:v1.2.3");
                assertThat(problems(connection))
                        .contains(
                                "ImageRepository: status.lastScanResult.revision is dropped, and nobody sees it",
                                "ImagePolicy: status.latestRef is dropped, and nobody sees it",
                                "ImageUpdateAutomation: spec.policySelector cannot be set, it is dropped",
                                "ImageUpdateAutomation: status.observedPolicies is dropped, and nobody sees it");

                server.install(Connection.root().resolve("deploy/crds"));
                assertThat(problems(connection)).isEmpty();
                for (Kind<?> kind : IMAGES) {
                    Resource<?> web = cache.find(kind, namespace, "web").orElseThrow();
                    await().untilAsserted(() -> {
                        clock.advance(DeclaredStatuses.KEPT.plusSeconds(1));
                        write(statuses, web, status(kind));
                        assertThat(shown(server, namespace, kind, ".status"))
                                .containsAnyOf("\"revision\"", "\"latestRef\"", "\"observedPolicies\"");
                    });
                }
            }
        }
    }

    @Test
    void worksOnThoseOfFlux26() {
        try (ApiServer server = ApiServer.fresh()) {
            server.install(definitions("2.6"));
            String namespace = server.namespace();
            server.admin().apply(objects("v1beta2", "v1beta1"), "-n", namespace);
            try (Connection connection = Connection.of(server, namespace)) {
                ResourceCache cache = connection.cache(IMAGES.toArray(Kind<?>[]::new));
                ClusterStatuses statuses =
                        new ClusterStatuses(connection.api(), connection.source(), Clock.systemUTC());
                assertThat(requests(connection, statuses, cache, namespace))
                        .containsExactly(
                                Map.entry("ImageRepository", 3L),
                                Map.entry("ImagePolicy", 3L),
                                Map.entry("ImageUpdateAutomation", 4L));
                assertReady(server, namespace);
                assertThat(shown(server, namespace, Kinds.IMAGE_POLICY, ".status.latestRef.tag"))
                        .isEqualTo("v1.2.3");
                assertThat(problems(connection))
                        .containsExactly(
                                "ImageRepository: status.lastScanResult.revision is dropped, and nobody sees it",
                                "ImagePolicy: spec.suspend cannot be set, it is dropped",
                                "ImagePolicy: status.lastHandledReconcileAt is dropped, and nobody sees it",
                                "ImageUpdateAutomation: spec.git.commit.signingKey.type cannot be set, it is dropped");
            }
        }
    }

    @Test
    void worksOnThoseOfFlux29() {
        try (ApiServer server = ApiServer.fresh()) {
            server.install(definitions("2.9"));
            String namespace = server.namespace();
            server.admin().apply(objects("v1", "v1"), "-n", namespace);
            try (Connection connection = Connection.of(server, namespace)) {
                ResourceCache cache = connection.cache(IMAGES.toArray(Kind<?>[]::new));
                ClusterStatuses statuses =
                        new ClusterStatuses(connection.api(), connection.source(), Clock.systemUTC());
                // of the policy: the apply, the question, the apply of what it names
                assertThat(requests(connection, statuses, cache, namespace))
                        .containsExactly(
                                Map.entry("ImageRepository", 1L),
                                Map.entry("ImagePolicy", 3L),
                                Map.entry("ImageUpdateAutomation", 1L));
                assertReady(server, namespace);
                assertThat(shown(server, namespace, Kinds.IMAGE_POLICY, ".status.latestRef.tag"))
                        .isEqualTo("v1.2.3");
                assertThat(problems(connection))
                        .containsExactly(
                                "ImagePolicy: status.latestImage is dropped, and nobody sees it",
                                "ImagePolicy: status.observedPreviousImage is dropped, and nobody sees it");
            }
        }
    }
}

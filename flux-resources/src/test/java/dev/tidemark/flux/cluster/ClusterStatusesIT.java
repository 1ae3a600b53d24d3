package dev.tidemark.flux.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.status.StatusStore.Outcome;
import dev.tidemark.flux.status.StatusStore.Stored;
import dev.tidemark.testkit.kube.ApiServer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterStatusesIT {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    private static ApiServer server;

    private String namespace;
    private Connection connection;
    private ClusterStatuses statuses;
    private ResourceCache cache;
    private ResourceId id;

    @BeforeAll
    static void serve() {
        server = Connection.server();
    }

    @BeforeEach
    void connect() {
        namespace = server.namespace();
        id = new ResourceId("ImageRepository", namespace, "web");
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        connection = Connection.of(server, namespace);
        statuses = new ClusterStatuses(connection.api(), connection.source(), Clock.systemUTC());
        cache = connection.cache(Kinds.IMAGE_REPOSITORY, Kinds.RESOURCE_SET);
    }

    @AfterEach
    void disconnect() {
        connection.close();
    }

    private Resource<ImageRepositorySpec> web() {
        return cache.find(Kinds.IMAGE_REPOSITORY, namespace, "web").orElseThrow();
    }

    private Stored<ImageRepositoryStatus> read() {
        return statuses.read(id, ImageRepositoryStatus.class);
    }

    private static ImageRepositoryStatus status(List<Condition> conditions) {
        return new ImageRepositoryStatus(conditions, "ghcr.io/acme/web", null, null, 1, null);
    }

    private static List<Condition> ready(String message) {
        return Conditions.after(List.of(), 1, NOW).succeeded("Succeeded", message);
    }

    private String shown(String path) {
        return server.kubectl("get", "imagerepository", "web", "-n", namespace, "-o", "jsonpath={" + path + "}");
    }

    @Test
    void writesAChangeWithOneRequestAndNothingElseWithNone() {
        ImageRepositoryStatus status = status(ready("successful scan"));
        long before = connection.api().requests();
        assertThat(statuses.write(web(), status, read().version())).isEqualTo(Outcome.WRITTEN);
        assertThat(read().of(web())).contains(status);
        assertThat(statuses.write(web(), status, read().version())).isEqualTo(Outcome.UNCHANGED);
        assertThat(connection.api().requests() - before).isEqualTo(1);
        assertThat(shown(".status.conditions[0].message")).isEqualTo("successful scan");
        assertThat(shown(".metadata.managedFields[?(@.subresource==\"status\")].manager"))
                .isEqualTo("tidemark-registry-watcher");
        // a status is no change of what is declared
        await().until(() -> !web().metadata().resourceVersion().isEmpty());
    }

    @Test
    void readsWhatADefinitionSaysBeforeAnybodyDoes() {
        server.kubectl(
                "patch",
                "imagerepository",
                "web",
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\": {\"observedGeneration\": -1}}");
        await().untilAsserted(() -> assertThat(read().status())
                .hasValueSatisfying(status -> assertThat(status.conditions()).isEmpty()));
        statuses.write(web(), status(ready("fine")), read().version());
        assertThat(shown(".status.conditions[*].type")).isEqualTo("Ready");
    }

    @Test
    void takesAwayWhatItDoesNotSayAnyMore() {
        var failing = Conditions.after(List.of(), 1, NOW).retrying("AuthenticationFailed", "401");
        statuses.write(web(), status(failing), read().version());
        assertThat(shown(".status.conditions[*].type")).contains("Ready", "Reconciling");
        statuses.write(web(), status(ready("fine")), read().version());
        assertThat(shown(".status.conditions[*].type")).isEqualTo("Ready");
    }

    @Test
    void takesAwayWhatAnotherManagerSaid() {
        server.kubectl(
                "patch",
                "imagerepository",
                "web",
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "--field-manager=image-reflector-controller",
                "-p",
                """
                {"status": {"observedExclusionList": ["x"], "conditions": [
                  {"type": "Reconciling", "status": "True", "reason": "Progressing", "message": "m",
                   "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}""");
        await().until(() -> read().status().isPresent());
        // the other works on it until it is taken over
        assertThat(statuses.write(web(), status(ready("fine")), read().version()))
                .isEqualTo(Outcome.UNCHANGED);
        server.kubectl("label", "imagerepository", "web", "-n", namespace, "sharding.fluxcd.io/key=tidemark");
        await().until(() -> !Shadow.of(web()));
        statuses.write(web(), status(ready("fine")), read().version());
        assertThat(shown(".status.conditions[*].type")).isEqualTo("Ready");
        assertThat(shown(".status.observedExclusionList")).isEmpty();
        assertThat(statuses.write(web(), status(ready("fine")), read().version()))
                .isEqualTo(Outcome.UNCHANGED);
    }

    /** Who applies nothing there leaves a null, which no definition allows, as long as another manager has a part in it. */
    @Test
    void takesAwayAMapThatAnotherManagerWroteToo() {
        server.admin().apply("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: web, namespace: %s, labels: {sharding.fluxcd.io/key: tidemark}}
                spec:
                  interval: 5m
                  sourceRef: {kind: GitRepository, name: fleet}
                  git: {commit: {author: {email: bot@example.com}}}
                """.formatted(namespace));
        server.kubectl(
                "patch",
                "imageupdateautomation",
                "web",
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "--field-manager=image-automation-controller",
                "-p",
                "{\"status\": {\"observedPolicies\": {\"web\": {\"name\": \"a\", \"tag\": \"1\"}}}}");
        cache = connection.cache(Kinds.IMAGE_UPDATE_AUTOMATION);
        ResourceId automation = new ResourceId("ImageUpdateAutomation", namespace, "web");
        await().until(() -> cache.find(automation).isPresent());
        Resource<?> web = cache.find(automation).orElseThrow();
        assertThat(writeObserved(web, Map.of("web", new ImageRef("a", "2", null))))
                .isEqualTo(Outcome.WRITTEN);
        assertThat(writeObserved(web, null)).isEqualTo(Outcome.WRITTEN);
        assertThat(server.kubectl("get", "imageupdateautomation", "web", "-n", namespace, "-o", "jsonpath={.status}"))
                .contains("fine")
                .doesNotContain("observedPolicies");
    }

    private Outcome writeObserved(Resource<?> automation, @Nullable Map<String, ImageRef> policies) {
        var status = new ImageUpdateAutomationStatus(ready("fine"), NOW, null, null, policies, "main@sha1:1", 1, null);
        String version = statuses.read(automation.id(), ImageUpdateAutomationStatus.class)
                .version();
        return statuses.write(automation, status, version);
    }

    @Test
    void writesNothingOverWhatSomebodyWroteMeanwhile() {
        Stored<ImageRepositoryStatus> old = read();
        connection.source().close();
        server.kubectl("annotate", "imagerepository", "web", "-n", namespace, "seen=no");
        ImageRepositoryStatus status = status(ready("fine"));
        assertThat(statuses.write(web(), status, old.version())).isEqualTo(Outcome.CONFLICT);
        assertThat(shown(".status.conditions[*].type")).isEmpty();
        assertThat(statuses.write(web(), status, read().version())).isEqualTo(Outcome.WRITTEN);
    }

    @Test
    void knowsThatAnObjectWentBeforeItsWatchSaysSo() {
        Resource<ImageRepositorySpec> web = web();
        Stored<ImageRepositoryStatus> old = read();
        connection.source().close();
        server.kubectl("delete", "imagerepository", "web", "-n", namespace);
        assertThat(statuses.write(web, status(ready("fine")), old.version())).isEqualTo(Outcome.GONE);
    }

    @Test
    void isNotTheStatusOfAnotherObjectOfThatName() {
        Resource<ImageRepositorySpec> first = web();
        Stored<ImageRepositoryStatus> old = read();
        server.kubectl("delete", "imagerepository", "web", "-n", namespace);
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        await().until(() -> connection
                .source()
                .live(id)
                .filter(live -> !live.uid().equals(first.metadata().uid()))
                .isPresent());
        assertThat(statuses.write(first, status(ready("fine")), old.version())).isEqualTo(Outcome.GONE);
        assertThat(read().of(first)).isEmpty();
    }

    @Test
    void saysWhatItMayNotDo() {
        server.serviceAccount(namespace, "reader");
        server.kubectl(
                "create",
                "role",
                "reader",
                "-n",
                namespace,
                "--verb=get,list,watch",
                "--resource=imagerepositories.image.toolkit.fluxcd.io");
        server.kubectl(
                "create",
                "rolebinding",
                "reader",
                "-n",
                namespace,
                "--role=reader",
                "--serviceaccount=" + namespace + ":reader");
        try (Connection mine = Connection.of(server.kubeconfig(namespace, "reader"), namespace)) {
            mine.cache(Kinds.IMAGE_REPOSITORY);
            var own = new ClusterStatuses(mine.api(), mine.source(), Clock.systemUTC());
            String version = own.read(id, ImageRepositoryStatus.class).version();
            assertThatThrownBy(() -> own.write(web(), status(ready("fine")), version))
                    .hasMessageContaining("cannot patch the status of ImageRepository/" + namespace + "/web")
                    .hasMessageContaining("grant it to the service's account");
        }
    }

    @Test
    void showsWhyAnObjectIsRefusedUntilItIsNot() {
        Refusals refusals = new Refusals(statuses, "ImageRepository"::equals);
        connection.source().onRefusal(refusals::add);
        connection.loop().execute(refusals);
        statuses.write(web(), status(ready("fine")), read().version());
        server.admin().apply(Connection.repository("web", namespace, "99999999999h"));
        await().until(() ->
                shown(".status.conditions[?(@.type==\"Stalled\")].reason").equals("InvalidManifest"));
        assertThat(shown(".status.conditions[?(@.type==\"Ready\")].status")).isEqualTo("False");
        assertThat(shown(".status.conditions[?(@.type==\"Ready\")].message"))
                .contains("spec.interval has to be a duration");
        // what is in force is worked on, and its status does not hide the refusal
        statuses.write(web(), status(ready("fine")), read().version());
        assertThat(shown(".status.conditions[?(@.type==\"Ready\")].status")).isEqualTo("False");

        server.admin().apply(Connection.repository("web", namespace, "6m"));
        await().until(() -> shown(".status.conditions[*].type").isEmpty());
    }

    @Test
    void saysNothingOfARefusedObjectThatAnotherControllerWorksOnUntilItIsTakenOver() {
        server.kubectl(
                "patch",
                "imagerepository",
                "web",
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "--field-manager=image-reflector-controller",
                "-p",
                "{\"status\": {\"canonicalImageName\": \"theirs\"}}");
        await().until(() -> Shadow.of(web()));
        server.admin().apply(Connection.repository("web", namespace, "99999999999h"));
        await().until(() -> connection.source().problems().stream().anyMatch(one -> id.equals(one.object())));
        assertThat(statuses.show(id)).isEqualTo(Outcome.UNCHANGED);
        assertThat(shown(".status.conditions")).isEmpty();

        Refusals refusals = new Refusals(statuses, "ImageRepository"::equals);
        connection.source().onRefusal(refusals::add);
        connection.loop().execute(refusals);
        server.kubectl("label", "imagerepository", "web", "-n", namespace, "sharding.fluxcd.io/key=tidemark");
        await().until(() ->
                shown(".status.conditions[?(@.type==\"Stalled\")].reason").equals("InvalidManifest"));
    }

    @Test
    void keepsAnObjectUntilWhatCameOfItIsRemoved() {
        ResourceId set = new ResourceId("ResourceSet", namespace, "apps");
        server.admin().apply("""
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: apps, namespace: %s}
                spec: {resourcesTemplate: "a: b", serviceAccountName: deployer}
                """.formatted(namespace));
        await().until(() -> cache.find(set).isPresent());
        long before = connection.api().requests();
        for (int i = 0; i < 3; i++) {
            statuses.keep(cache.find(set).orElseThrow());
        }
        assertThat(connection.api().requests() - before)
                .as("one request in all")
                .isEqualTo(1);
        server.kubectl("delete", "resourceset", "apps", "-n", namespace, "--wait=false");
        await().until(() -> cache.find(set).isEmpty());
        assertThat(cache.isGone(set)).isTrue();
        assertThat(statuses.leftBehind(Kinds.RESOURCE_SET)).containsExactly(set);
        try (Connection restarted = Connection.of(server, namespace)) {
            var unused = restarted.cache(Kinds.RESOURCE_SET);
            var anew = new ClusterStatuses(restarted.api(), restarted.source(), Clock.systemUTC());
            assertThat(anew.kept(set).flatMap(kept -> kept.as(Kinds.RESOURCE_SET)))
                    .as("as it is declared, also for who has never seen it otherwise")
                    .hasValueSatisfying(
                            kept -> assertThat(kept.spec().serviceAccountName()).isEqualTo("deployer"));
        }
        statuses.remove(set);
        await().until(() -> statuses.leftBehind(Kinds.RESOURCE_SET).isEmpty());
        assertThat(server.kubectl("get", "resourceset", "-n", namespace, "-o", "name"))
                .isEmpty();
    }
}

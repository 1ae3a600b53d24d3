package dev.tidemark.flux.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.testkit.kube.ApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClusterSourceIT {

    private static ApiServer server;

    @BeforeAll
    static void serve() {
        server = Connection.server();
    }

    private static ResourceId repository(String namespace, String name) {
        return new ResourceId("ImageRepository", namespace, name);
    }

    @Test
    void givesWhatIsThereAndWhatBecomesOfIt() {
        String namespace = server.namespace();
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        try (Connection connection = Connection.of(server, namespace)) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            assertThat(cache.isComplete()).isTrue();
            var before = cache.find(Kinds.IMAGE_REPOSITORY, namespace, "web").orElseThrow();
            assertThat(before.spec().interval()).isEqualTo(Duration.ofMinutes(5));
            List<Change> changes = new CopyOnWriteArrayList<>();
            cache.onChange(changes::addAll);

            server.admin().apply(Connection.repository("web", namespace, "7m"));
            server.admin().apply(Connection.repository("api", namespace, "1h"));
            await().until(() -> cache.all(Kinds.IMAGE_REPOSITORY).size() == 2
                    && cache.find(Kinds.IMAGE_REPOSITORY, namespace, "web")
                            .orElseThrow()
                            .spec()
                            .interval()
                            .equals(Duration.ofMinutes(7)));
            server.kubectl("delete", "imagerepository", "web", "-n", namespace);
            await().until(() -> cache.isGone(repository(namespace, "web")));
            assertThat(cache.isGone(repository(namespace, "api"))).isFalse();
            assertThat(changes).extracting(Change::id).contains(repository(namespace, "web"));
            assertThat(changes.getLast()).isInstanceOf(Change.Deleted.class);
        }
    }

    @Test
    void inOneNamespaceNobodyMissesTheRightToReadWhatItIs() {
        String namespace = server.namespace();
        server.serviceAccount(namespace, "reader");
        server.kubectl(
                "create",
                "role",
                "reader",
                "-n",
                namespace,
                "--verb=get,list,watch",
                "--resource=imagerepositories.image.toolkit.fluxcd.io,namespaces");
        server.kubectl(
                "create",
                "rolebinding",
                "reader",
                "-n",
                namespace,
                "--role=reader",
                "--serviceaccount=" + namespace + ":reader");
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        try (Connection connection = Connection.of(server.kubeconfig(namespace, "reader"), namespace)) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY, Kinds.NAMESPACE);
            await().until(cache::isComplete);
            assertThat(cache.all(Kinds.IMAGE_REPOSITORY)).hasSize(1);
            assertThat(connection.source().problems()).isEmpty();
        }
    }

    @Test
    void choosesByLabelWhatIsWorkedOn() {
        String namespace = server.namespace();
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        server.admin().apply(Connection.repository("api", namespace, "5m"));
        server.kubectl("label", "imagerepository", "api", "-n", namespace, "team=a");
        var settings = new ClusterSettings(namespace, "team=a", false, Optional.empty());
        try (Connection connection = Connection.of(server.kubeconfig(), settings)) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY, Kinds.SERVICE_ACCOUNT);
            assertThat(cache.all(Kinds.IMAGE_REPOSITORY))
                    .extracting(resource -> resource.name())
                    .containsExactly("api");
            assertThat(cache.all(Kinds.SERVICE_ACCOUNT)).isNotEmpty();
            assertThat(cache.isGone(repository(namespace, "web"))).isTrue();
            server.kubectl("label", "imagerepository", "api", "-n", namespace, "team-");
            await().until(() -> cache.all(Kinds.IMAGE_REPOSITORY).isEmpty());
        }
    }

    @Test
    void losesNothingWhenTheServerRestarts() {
        String namespace = server.namespace();
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        try (Connection connection = Connection.of(server, namespace)) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            List<Change> changes = new CopyOnWriteArrayList<>();
            cache.onChange(changes::addAll);
            server.stop();
            try {
                await().until(() -> !connection.source().isSettled());
                assertThat(cache.isGone(repository(namespace, "never"))).isFalse();
                assertThat(cache.all(Kinds.IMAGE_REPOSITORY)).hasSize(1);
                assertThat(connection.source().problems())
                        .extracting(Problem::where)
                        .containsExactly("ImageRepository");
            } finally {
                server.start();
            }
            server.admin().apply(Connection.repository("api", namespace, "5m"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> cache.all(Kinds.IMAGE_REPOSITORY).size() == 2);
            assertThat(changes)
                    .filteredOn(Change.Deleted.class::isInstance)
                    .extracting(Change::id)
                    // somebody asked while nobody knew
                    .isSubsetOf(repository(namespace, "never"));
            assertThat(connection.source().problems()).isEmpty();
        }
    }

    @Test
    void startsWhileTheServerIsAway() {
        String namespace = server.namespace();
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        server.stop();
        try (Connection connection = Connection.of(server, namespace)) {
            ResourceCache cache;
            try {
                cache = connection.cache(Kinds.IMAGE_REPOSITORY);
                assertThat(cache.isComplete()).isFalse();
            } finally {
                server.start();
            }
            await().atMost(Duration.ofMinutes(1)).until(cache::isComplete);
            assertThat(cache.all(Kinds.IMAGE_REPOSITORY)).hasSize(1);
        }
    }

    @Test
    void goesOnWithoutAKindThatItMayNotRead() {
        String namespace = server.namespace();
        server.serviceAccount(namespace, "watcher");
        server.kubectl(
                "create",
                "role",
                "repositories",
                "-n",
                namespace,
                "--verb=get,list,watch",
                "--resource=imagerepositories.image.toolkit.fluxcd.io");
        bind(namespace, "repositories");
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        try (Connection connection = Connection.of(server.kubeconfig(namespace, "watcher"), namespace)) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY, Kinds.IMAGE_POLICY);
            assertThat(cache.isComplete()).isTrue();
            assertThat(cache.all(Kinds.IMAGE_REPOSITORY)).hasSize(1);
            assertThat(cache.isGone(repository(namespace, "never"))).isTrue();
            ResourceId policy = new ResourceId("ImagePolicy", namespace, "never");
            assertThat(cache.isGone(policy)).isFalse();
            assertThat(connection.source().problems()).singleElement().satisfies(problem -> {
                assertThat(problem.where()).isEqualTo("ImagePolicy");
                assertThat(problem.message()).contains("grant get, list and watch", "imagepolicies");
            });
            List<Change> changes = new CopyOnWriteArrayList<>();
            cache.onChange(changes::addAll);

            server.kubectl(
                    "create",
                    "role",
                    "policies",
                    "-n",
                    namespace,
                    "--verb=get,list,watch",
                    "--resource=imagepolicies.image.toolkit.fluxcd.io");
            bind(namespace, "policies");
            await().until(() -> connection.source().problems().isEmpty());
            assertThat(cache.isGone(policy)).isTrue();
            // somebody asked in vain, and would not ask again
            await().until(() -> changes.stream().anyMatch(change -> change.id().equals(policy)));
        }
    }

    private static void bind(String namespace, String role) {
        server.kubectl(
                "create",
                "rolebinding",
                role,
                "-n",
                namespace,
                "--role=" + role,
                "--serviceaccount=" + namespace + ":watcher");
    }

    @Test
    void picksUpAKindThatIsServedLater() {
        String namespace = server.namespace();
        server.kubectl("delete", "crd", "gitrepositories.source.toolkit.fluxcd.io", "--ignore-not-found");
        try (Connection connection = Connection.of(server, namespace)) {
            ResourceCache cache = connection.cache(Kinds.GIT_REPOSITORY, Kinds.IMAGE_REPOSITORY);
            assertThat(cache.isComplete()).isTrue();
            assertThat(connection.source().problems())
                    .extracting(Problem::where)
                    .containsExactly("GitRepository");
            assertThat(cache.isGone(new ResourceId("GitRepository", namespace, "never")))
                    .isFalse();
            Connection.install(server, "flux/gitrepositories.yaml");
            server.admin().apply("""
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: GitRepository
                    metadata: {name: fleet, namespace: %s}
                    spec: {url: "https://git.example.com/fleet", interval: 1m}
                    """.formatted(namespace));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> !cache.all(Kinds.GIT_REPOSITORY).isEmpty());
        }
    }

    @Test
    void keepsWhatWasInForceOfAnObjectThatItCannotRead() {
        String namespace = server.namespace();
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        try (Connection connection = Connection.of(server, namespace)) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            // the schema's pattern takes it, and no clock does
            server.admin().apply(Connection.repository("web", namespace, "99999999999h"));
            server.admin().apply(Connection.repository("api", namespace, "99999999999h"));
            await().until(() -> connection.source().problems().size() == 2);
            assertThat(connection.source().problems()).allSatisfy(problem -> assertThat(problem.message())
                    .contains("spec.interval has to be a duration"));
            assertThat(cache.all(Kinds.IMAGE_REPOSITORY))
                    .singleElement()
                    .satisfies(web -> assertThat(web.spec().interval()).isEqualTo(Duration.ofMinutes(5)));
            assertThat(cache.isGone(repository(namespace, "api"))).isFalse();
        }
    }

    @Test
    void leavesAnObjectToWhoeverElseWritesItsStatus() {
        String namespace = server.namespace();
        server.admin().apply(Connection.repository("web", namespace, "5m"));
        try (Connection connection = Connection.of(server, namespace)) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            Supplier<String> whose = () -> Shadow.whose(
                    cache.find(Kinds.IMAGE_REPOSITORY, namespace, "web").orElseThrow());
            assertThat(whose.get()).isEmpty();
            server.kubectl(
                    "patch",
                    "imagerepository",
                    "web",
                    "-n",
                    namespace,
                    "--subresource=status",
                    "--type=merge",
                    "--field-manager=gotk-image-reflector",
                    "-p",
                    "{\"status\": {\"observedGeneration\": 1}}");
            await().untilAsserted(() -> assertThat(whose.get()).isEqualTo("gotk-image-reflector"));
            server.kubectl("label", "imagerepository", "web", "-n", namespace, "sharding.fluxcd.io/key=tidemark");
            await().untilAsserted(() -> assertThat(whose.get()).isEmpty());
        }
        var all = new ClusterSettings(namespace, "", true, Optional.empty());
        server.kubectl("label", "imagerepository", "web", "-n", namespace, "sharding.fluxcd.io/key-");
        try (Connection connection = Connection.of(server.kubeconfig(), all)) {
            assertThat(connection.cache(Kinds.IMAGE_REPOSITORY).all(Kinds.IMAGE_REPOSITORY))
                    .noneMatch(Shadow::of);
        }
    }

    @Test
    void leavesWhatNobodyClaimsToAControllerThatWorksOnItsKind() {
        String namespace = server.namespace();
        server.admin().apply(Connection.repository("quiet", namespace, "5m"));
        server.admin().apply(Connection.repository("busy", namespace, "5m"));
        server.admin().apply(Connection.repository("labelled", namespace, "5m"));
        server.kubectl("label", "imagerepository", "labelled", "-n", namespace, "sharding.fluxcd.io/key=tidemark");
        try (Connection connection = Connection.of(server, namespace)) {
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            Function<String, String> whose = name -> cache.find(Kinds.IMAGE_REPOSITORY, namespace, name)
                    .map(Shadow::whose)
                    .orElse("nobody knows");
            assertThat(whose.apply("quiet")).isEmpty();
            server.kubectl(
                    "patch",
                    "imagerepository",
                    "busy",
                    "-n",
                    namespace,
                    "--subresource=status",
                    "--type=merge",
                    "--field-manager=image-reflector-controller",
                    "-p",
                    "{\"status\": {\"observedGeneration\": 1}}");
            await().untilAsserted(() -> assertThat(whose.apply("quiet")).isEqualTo("image-reflector-controller"));
            assertThat(connection.source().live(repository(namespace, "quiet")))
                    .hasValueSatisfying(live -> assertThat(live.shadow()).isTrue());
            assertThat(whose.apply("labelled")).isEmpty();

            server.admin().apply(Connection.repository("new", namespace, "5m"));
            await().untilAsserted(() -> assertThat(whose.apply("new")).isEqualTo("image-reflector-controller"));
            server.kubectl("label", "imagerepository", "new", "-n", namespace, "sharding.fluxcd.io/key=tidemark");
            await().untilAsserted(() -> assertThat(whose.apply("new")).isEmpty());
        }
    }

    @Test
    void readsThousandsPageByPage() throws Exception {
        String namespace = server.namespace();
        int many = 2_000;
        try (Connection connection = Connection.of(server, namespace)) {
            try (ExecutorService makers = Executors.newFixedThreadPool(16)) {
                for (int i = 0; i < many; i++) {
                    var object = FluxJson.readYaml(Connection.repository("r-" + i, namespace, "5m"));
                    makers.execute(() -> connection
                            .api()
                            .send(
                                    "POST",
                                    "/apis/image.toolkit.fluxcd.io/v1/namespaces/" + namespace + "/imagerepositories",
                                    ClusterApi.JSON,
                                    object));
                }
            }
            long before = connection.api().requests();
            ResourceCache cache = connection.cache(Kinds.IMAGE_REPOSITORY);
            assertThat(cache.all(Kinds.IMAGE_REPOSITORY)).hasSize(many);
            // what it is served as, four pages, a watch
            assertThat(connection.api().requests() - before).isEqualTo(6);
            // once for all caches
            assertThat(connection.cache(Kinds.IMAGE_REPOSITORY).all(Kinds.IMAGE_REPOSITORY))
                    .hasSize(many);
            assertThat(connection.api().requests() - before).isEqualTo(6);
        }
    }
}

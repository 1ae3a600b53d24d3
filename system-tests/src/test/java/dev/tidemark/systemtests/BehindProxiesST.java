package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.EndState.Told;
import dev.tidemark.systemtests.RecordingProxy.Asked;
import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.HeldPushes;
import dev.tidemark.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The four services, each with a proxy before its broker: what they ask it, and what they do while it is away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BehindProxiesST {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Reading, writing, and the heartbeats of a member. */
    private static final Set<ApiKeys> FREE = Set.of(ApiKeys.FETCH, ApiKeys.PRODUCE, ApiKeys.HEARTBEAT);

    /**
     * An offset is committed, which is the fence, and in Streams with the transaction around it; how often for an update,
     * counted. The renderer has a set and its status.
     */
    private static final Map<Service, Map<ApiKeys, Integer>> PROOFS = Map.of(
            Service.REGISTRY_WATCHER, Map.of(ApiKeys.OFFSET_COMMIT, 2),
            Service.POLICY_EVALUATOR,
                    Map.of(
                            ApiKeys.OFFSET_COMMIT, 1,
                            ApiKeys.ADD_PARTITIONS_TO_TXN, 2,
                            ApiKeys.ADD_OFFSETS_TO_TXN, 2,
                            ApiKeys.TXN_OFFSET_COMMIT, 2,
                            ApiKeys.END_TXN, 2),
            Service.GIT_COMMITTER, Map.of(ApiKeys.OFFSET_COMMIT, 1),
            Service.GITLESS_RENDERER, Map.of(ApiKeys.OFFSET_COMMIT, 4));

    /**
     * Of so many the cheapest is judged: what is committed every few seconds falls into others, on a busy machine into
     * most. What each update asks for is judged of all.
     */
    private static final int UPDATES = 15;

    /** Longer than the session of a member, and longer than a producer tries here. */
    private static final Duration ABSENCE = Duration.ofSeconds(10);

    /** A quarter of what is the default: it is to be seen what becomes of that which could not be written. */
    private static final Map<String, String> IMPATIENCE = Map.of(
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_DELIVERY_TIMEOUT_MS", "5000",
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_REQUEST_TIMEOUT_MS", "2500");

    private static final List<String> APPS = List.of("my-app", "web", "api");
    private static final String FLEET = "fleet.git";

    private static final Map<Service, RecordingProxy> PROXIES = new EnumMap<>(Service.class);
    private static final Map<Service, Replica> REPLICAS = new EnumMap<>(Service.class);

    private static TestBroker broker;
    private static GitHttpServer git;
    private static Cluster cluster;
    private static Programs programs;
    private static Services services;
    private static Webhooks webhooks;
    private static int minor;

    private enum Absence {
        /** Nothing gets through: the broker gives its members up, and what they asked meanwhile comes afterwards. */
        SILENT {
            @Override
            void begin(RecordingProxy proxy) {
                proxy.fallSilent();
            }
        },
        /** Connections end, and there are no new ones. */
        GONE {
            @Override
            void begin(RecordingProxy proxy) {
                proxy.refuse();
            }
        };

        abstract void begin(RecordingProxy proxy);
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        broker = TestBroker.start(folder.resolve("broker"));
        git = GitHttpServer.start(folder);
        cluster = Cluster.create(folder, APPS, git);
        programs = new Programs(folder);
        webhooks = new Webhooks(LIMIT);
        String version = pushAll();
        services = new Services(
                programs, broker.bootstrapServers(), 1, cluster.manifests(), cluster.state(), cluster.registry());
        int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
        for (Service service : Service.values()) {
            RecordingProxy proxy = RecordingProxy.before(port);
            PROXIES.put(service, proxy);
            Map<String, String> environment = new HashMap<>(IMPATIENCE);
            environment.put("KAFKA_BOOTSTRAP_SERVERS", proxy.bootstrapServers());
            REPLICAS.put(service, services.start(service, environment));
        }
        awaitReady();
        webhooks.sendTo(List.of(cluster.hook(
                Objects.requireNonNull(REPLICAS.get(Service.REGISTRY_WATCHER)).http())));
        await().atMost(LIMIT).until(() -> cluster.shows(APPS, version));
    }

    @AfterAll
    static void stop() throws Exception {
        webhooks.close();
        services.close();
        programs.close();
        for (RecordingProxy proxy : PROXIES.values()) {
            proxy.close();
        }
        cluster.close();
        git.close();
        broker.close();
    }

    @AfterEach
    void open() {
        PROXIES.values().forEach(RecordingProxy::open);
    }

    /** Before the absences: whoever was kept from the broker asks more for a while. */
    @Order(1)
    @Test
    void anUpdateAsksTheBrokerForNothingButProofs() throws Exception {
        // what is asked for the first time, such as a producer's id, has been asked
        update();
        assertThat(PROXIES.values()).allSatisfy(proxy -> assertThat(proxy.take())
                .as("a start asks for more")
                .extracting(Asked::what)
                .contains(ApiKeys.LIST_OFFSETS, ApiKeys.METADATA));

        Map<Service, List<List<Asked>>> asked = new EnumMap<>(Service.class);
        for (int update = 0; update < UPDATES; update++) {
            update();
            PROXIES.forEach((service, proxy) ->
                    asked.computeIfAbsent(service, first -> new ArrayList<>()).add(proxy.take()));
        }
        asked.forEach(BehindProxiesST::judge);
    }

    /** An update costs what it costs, and half a second more for each question where a long poll waits. */
    private static void judge(Service service, List<List<Asked>> updates) {
        Map<ApiKeys, Integer> proofs = Objects.requireNonNull(PROOFS.get(service));
        List<Asked> asked = updates.stream()
                .flatMap(List::stream)
                .filter(one -> !FREE.contains(one.what()))
                .toList();
        assertThat(asked.stream().map(Asked::what)).as("what %s asks", service).isSubsetOf(proofs.keySet());
        proofs.forEach((what, most) -> assertThat(updates.stream()
                        .map(update -> update.stream()
                                .filter(one -> one.what() == what)
                                .count())
                        .sorted()
                        .toList())
                .as("how often %s asks for %s", service, what)
                .satisfies(counts -> assertThat(counts.getFirst()).isLessThanOrEqualTo(most.longValue())));
        assertThat(asked.stream().filter(Asked::isBehindALongPoll).map(Asked::what))
                .as("what %s asks where a long poll waits", service)
                .isEmpty();
    }

    /**
     * A webhook is answered 200 when the broker has it and not before; where that takes too long, 503 and when to come back.
     * What was told before is worked, and what reached the branch meanwhile is said, by whoever finds it there.
     */
    @Order(2)
    @ParameterizedTest
    @EnumSource
    void whileTheBrokerIsAwayNothingIsLostAndNothingIsDoneTwice(Absence absence) throws Exception {
        awaitReady();
        int refusals = webhooks.refusals().size();
        String version = pushAll();
        Told taken = new Told("web", version);
        Told during = new Told("api", version);
        try (HeldPushes pushes = git.holdPushes(FLEET)) {
            webhooks.tell("my-app", version);
            await().atMost(LIMIT).until(() -> pushes.arrived() == 1);
            webhooks.tell(taken.repository(), taken.tag());
            await().atMost(LIMIT).until(() -> webhooks.answered().contains(taken));

            PROXIES.values().forEach(absence::begin);
            webhooks.tell(during.repository(), during.tag());
        }
        await().atMost(LIMIT).until(() -> cluster.committed(List.of("my-app"), version));
        await().pollDelay(ABSENCE).atMost(LIMIT).until(BehindProxiesST::nobodyIsAMember);
        assertThat(webhooks.answered()).as("told to nobody who keeps it").doesNotContain(during);
        open();

        await().atMost(LIMIT).until(() -> webhooks.answered().contains(during) && cluster.shows(APPS, version));
        assertThat(webhooks.refusals())
                .hasSizeGreaterThan(refusals)
                .allMatch(refusal ->
                        refusal.status() == 503 && refusal.retryAfter().isPresent());
        // the same processes
        awaitReady();
        String branch = cluster.branches().getFirst();
        assertThat(APPS).allSatisfy(app -> assertThat(cluster.commitsOf(branch, app, version))
                .as("commits of %s", app)
                .isEqualTo(1));
        LogReader log = new LogReader(broker.bootstrapServers(), 1);
        assertThat(log.discovered()).contains(taken, during);
        assertThat(log.deadLetters()).isZero();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(log.applied()).containsAll(commits(branch)));
    }

    private static List<String> commits(String branch) {
        return cluster.fleet().git("rev-list", "main.." + branch).lines().toList();
    }

    /** As the broker sees it: the sessions are over. */
    private static boolean nobodyIsAMember() throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            List<String> groups =
                    Stream.of(Service.values()).map(Service::group).toList();
            return admin.describeConsumerGroups(groups).all().get().values().stream()
                    .allMatch(group -> group.members().isEmpty());
        }
    }

    private static void awaitReady() {
        await().atMost(LIMIT).until(() -> {
            for (Replica replica : REPLICAS.values()) {
                if (!services.isReady(replica)) {
                    return false;
                }
            }
            return true;
        });
    }

    private static void update() throws Exception {
        String version = nextVersion();
        cluster.push("my-app", version);
        webhooks.tell("my-app", version);
        await().atMost(LIMIT).until(() -> cluster.shows(List.of("my-app"), version));
    }

    /** The registry tells nobody of it. */
    private static String pushAll() throws Exception {
        String version = nextVersion();
        for (String app : APPS) {
            cluster.push(app, version);
        }
        return version;
    }

    private static String nextVersion() {
        return "1." + ++minor + ".0";
    }
}

package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.RecordingProxy.Asked;
import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the services ask their broker from a push to its commit: they write, they hear of what is written, and each proves
 * once for each batch of effects that it still owns what it writes. A question on a connection where a long poll waits cost
 * half a second of each update once.
 */
class RoundTripsST {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Reading, writing, and the heartbeats of a member. */
    private static final Set<ApiKeys> FREE = Set.of(ApiKeys.FETCH, ApiKeys.PRODUCE, ApiKeys.HEARTBEAT);

    /** An offset is committed: the fence, and in Streams with the transaction around it. */
    private static final Map<Service, Set<ApiKeys>> PROOFS = Map.of(
            Service.REGISTRY_WATCHER, Set.of(ApiKeys.OFFSET_COMMIT),
            Service.POLICY_EVALUATOR,
                    Set.of(
                            ApiKeys.OFFSET_COMMIT,
                            ApiKeys.ADD_PARTITIONS_TO_TXN,
                            ApiKeys.ADD_OFFSETS_TO_TXN,
                            ApiKeys.TXN_OFFSET_COMMIT,
                            ApiKeys.END_TXN),
            Service.GIT_COMMITTER, Set.of(ApiKeys.OFFSET_COMMIT),
            Service.GITLESS_RENDERER, Set.of(ApiKeys.OFFSET_COMMIT));

    /** Counted: two in the watcher and in each transaction, up to five in the renderer, which has a set and its status. */
    private static final int MOST = 6;

    private static final List<String> APPS = List.of("my-app", "web");

    private TestBroker broker;
    private Cluster cluster;
    private Programs programs;
    private final Map<Service, RecordingProxy> proxies = new EnumMap<>(Service.class);

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        broker = TestBroker.start(folder.resolve("broker"));
        cluster = Cluster.create(folder, APPS);
        programs = new Programs(folder);
        for (String app : APPS) {
            cluster.push(app, "1.1.0");
        }
        int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
        for (Service service : Service.values()) {
            RecordingProxy proxy = RecordingProxy.before(port);
            proxies.put(service, proxy);
            Services services = new Services(
                    programs, proxy.bootstrapServers(), 1, cluster.manifests(), cluster.state(), cluster.registry());
            Replica replica = services.start(service);
            await().atMost(LIMIT).until(() -> services.isReady(replica));
            if (service == Service.REGISTRY_WATCHER) {
                cluster.notify(replica.http());
            }
        }
        await().atMost(LIMIT).until(() -> cluster.shows(APPS, "1.1.0"));
    }

    @AfterEach
    void stop() throws Exception {
        programs.close();
        for (RecordingProxy proxy : proxies.values()) {
            proxy.close();
        }
        cluster.close();
        broker.close();
    }

    @Test
    void anUpdateAsksTheBrokerForNothingButProofs() throws Exception {
        // what is asked for the first time, such as a producer's id, has been asked
        update("1.2.0");
        assertThat(proxies.values()).allSatisfy(proxy -> assertThat(proxy.take())
                .as("a start asks for more")
                .extracting(Asked::what)
                .contains(ApiKeys.LIST_OFFSETS, ApiKeys.METADATA));

        for (int minor = 3; minor < 6; minor++) {
            update("1." + minor + ".0");
            proxies.forEach((service, proxy) -> judge(service, proxy.take()));
        }
    }

    private void update(String version) throws Exception {
        cluster.push("my-app", version);
        await().atMost(LIMIT).until(() -> cluster.shows(List.of("my-app"), version));
    }

    private static void judge(Service service, List<Asked> asked) {
        Map<ApiKeys, Integer> counts = new TreeMap<>();
        asked.stream()
                .map(Asked::what)
                .filter(what -> !FREE.contains(what))
                .forEach(what -> counts.merge(what, 1, Integer::sum));
        assertThat(counts.keySet()).as("what %s asks", service).isSubsetOf(PROOFS.get(service));
        assertThat(counts.values()).as("how often %s asks: %s", service, counts).allMatch(count -> count <= MOST);
        assertThat(asked.stream().filter(Asked::isBehindALongPoll).map(Asked::what))
                .as("what %s asks where a long poll waits", service)
                .isEmpty();
    }
}

package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.TestStatuses;
import dev.tidemark.watcher.domain.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a change of one resource or one Secret costs, and whom it concerns. */
class ResourceChangesTest {

    private static final int FEW = 50;
    private static final int MANY = 1_000;

    private static final Feed A = feed("ghcr.io/o/a", "apps/a");
    private static final Feed C = feed("ghcr.io/o/c", "apps/;sa=puller");

    private World world = new World(9);
    private SimulatedRegistry registry = new SimulatedRegistry(world);
    private TestResources declared = new TestResources();
    private TestStatuses statuses = new TestStatuses();
    private SimulatedGroup group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, 1);
    private SharedLog log = new SharedLog(world, 1);
    private SimulatedWatcher watcher = watcher();

    @AfterEach
    void end() {
        world.end();
    }

    private SimulatedWatcher watcher() {
        return new SimulatedWatcher("one", world, group, 1, log, registry, 100, declared, statuses);
    }

    private void world(long seed) {
        world.end();
        world = new World(seed);
        registry = new SimulatedRegistry(world);
        declared = new TestResources();
        statuses = new TestStatuses();
        group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, 1);
        log = new SharedLog(world, 1);
    }

    private void begin(int repositories) {
        world(9);
        watcher = watcher();
        for (int i = 0; i < repositories; i++) {
            declared.declare(SimulatedWatcher.repository(feed(i), ""));
        }
        start();
    }

    private void start() {
        watcher.start();
        world.pass(Duration.ofSeconds(5));
        forget();
    }

    private void forget() {
        watcher.resources().reset();
        watcher.runs().clear();
        registry.forgetAsked();
        statuses.forgetEffects();
    }

    private static Feed feed(int number) {
        return new Feed(new ImageName("ghcr.io/o/app-" + number), "");
    }

    private static Resource<?> repository(String name, String spec) {
        return TestResources.resource(
                "{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: " + name
                        + ", namespace: apps}, spec: {interval: 1h, timeout: 1m, " + spec + "}}");
    }

    private static Feed feed(String image, String profile) {
        return new Feed(new ImageName(image), profile);
    }

    private void settle() {
        world.pass(Duration.ofSeconds(1));
    }

    /** What one change of each sort costs. */
    private List<Integer> costs(int repositories) {
        begin(repositories);
        List<Integer> costs = new ArrayList<>();
        String name = SimulatedWatcher.resource(feed(7)).name();

        declared.declare(repository(name, "image: ghcr.io/o/app-7, exclusionList: [x]"));
        settle();
        assertThat(watcher.runs()).as("the feed has another exclusion list").containsOnly(feed(7));
        costs.add(watcher.resources().asked());
        forget();

        declared.declare(repository(name, "image: ghcr.io/o/moved"));
        settle();
        assertThat(watcher.runs()).as("old and new feed").containsOnly(feed(7), feed("ghcr.io/o/moved", ""));
        assertThat(registry.asked()).as("only the new one").containsExactly("page 1", "page 2");
        costs.add(watcher.resources().asked());
        forget();

        declared.delete(SimulatedWatcher.resource(feed(8)));
        settle();
        assertThat(watcher.runs()).as("the feed that nobody names").containsOnly(feed(8));
        assertThat(registry.asked()).isEmpty();
        costs.add(watcher.resources().asked());
        forget();

        declared.declare(repository("wrong", "image: 'ghcr.io/o/a:1'"));
        settle();
        assertThat(watcher.runs()).isEmpty();
        assertThat(statuses.effects()).containsExactly("one writes ImageRepository/apps/wrong");
        costs.add(watcher.resources().asked());
        forget();

        declared.declare("""
                {apiVersion: v1, kind: ServiceAccount, metadata: {name: puller, namespace: apps}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: creds, namespace: apps}, stringData: {a: b}}
                """);
        settle();
        assertThat(watcher.runs()).as("nobody uses them").isEmpty();
        costs.add(watcher.resources().asked());
        return costs;
    }

    @Test
    void aChangeCostsTheSameHoweverManyRepositoriesThereAre() {
        List<Integer> few = costs(FEW);
        assertThat(costs(MANY)).isEqualTo(few);
        assertThat(few).allSatisfy(cost -> assertThat(cost).isLessThan(10));
    }

    /** Each write of a status is another version of the object. */
    @Test
    void anotherVersionOfTheSameCausesNothing() {
        begin(FEW);
        Resource<ImageRepositorySpec> resource = SimulatedWatcher.repository(feed(7), "")
                .as(Kinds.IMAGE_REPOSITORY)
                .orElseThrow();
        Metadata now = resource.metadata();
        Metadata another = new Metadata(
                now.namespace(),
                now.name(),
                now.labels(),
                now.annotations(),
                now.uid(),
                now.generation(),
                now.resourceVersion() + "1");
        declared.declare(new Resource<>(resource.kind(), another, resource.spec()));
        settle();
        assertThat(watcher.runs()).isEmpty();
        assertThat(watcher.resources().asked()).isZero();
        assertThat(statuses.effects()).isEmpty();
    }

    private static String secret(String name, String value) {
        return "{apiVersion: v1, kind: Secret, metadata: {name: " + name + ", namespace: apps}, stringData: {a: '"
                + value + "'}}";
    }

    private static String account(String secret) {
        return "{apiVersion: v1, kind: ServiceAccount, metadata: {name: puller, namespace: apps},"
                + " imagePullSecrets: [{name: " + secret + "}]}";
    }

    /** Three feeds that wait for long, since what they are scanned with is not there. */
    private void failed(ScanFailure reason) {
        declared.declare(repository("a", "image: ghcr.io/o/a, secretRef: {name: a}"));
        declared.declare(repository("b", "image: ghcr.io/o/b, secretRef: {name: b}, certSecretRef: {name: ca}"));
        declared.declare(repository("c", "image: ghcr.io/o/c, serviceAccountName: puller"));
        declared.declare(account("pull"));
        registry.setRefusal(new Registry.Failed(reason, "no", null));
        start();
        world.pass(Duration.ofMinutes(31));
        registry.setRefusal(null);
        forget();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFIGURATION", "AUTHENTICATION_FAILED", "NOT_FOUND", "UNREACHABLE"})
    void aSecretThatIsMendedMakesItsFeedDueAtOnceAndNoOther(ScanFailure reason) {
        failed(reason);

        declared.declare(secret("a", "1"));
        settle();
        assertThat(watcher.runs()).containsOnly(A);
        assertThat(registry.asked()).containsExactly("page 1", "page 2");
        assertThat(watcher.statuses()).last().isEqualTo("scanned 0 null");
        forget();

        declared.declare(secret("pull", "1"));
        settle();
        assertThat(watcher.runs()).as("by its service account").containsOnly(C);
        assertThat(registry.asked()).containsExactly("page 1", "page 2");
        forget();

        declared.declare(secret("ca", "1"));
        settle();
        assertThat(watcher.runs()).as("by its certificates").containsOnly(feed("ghcr.io/o/b", "apps/b;cert=ca"));
        assertThat(registry.asked()).containsExactly("page 1", "page 2");
    }

    @Test
    void aServiceAccountThatIsMendedMakesItsFeedDueAtOnce() {
        failed(ScanFailure.CONFIGURATION);
        declared.declare(account("other"));
        settle();
        assertThat(watcher.runs()).containsOnly(C);
        assertThat(registry.asked()).containsExactly("page 1", "page 2");
    }

    @Test
    void aRenewedSecretDoesNotHaveAHealthyFeedScanned() {
        failed(ScanFailure.CONFIGURATION);
        declared.declare(secret("a", "1"));
        settle();
        forget();
        declared.declare(secret("a", "2"));
        settle();
        assertThat(registry.asked()).isEmpty();
    }

    /** Another Secret is no reason to ask once more. */
    @Test
    void aRegistryThatAsksForPatienceIsNotAskedForTheSakeOfASecret() {
        failed(ScanFailure.RATE_LIMITED);
        declared.declare(secret("a", "1"));
        settle();
        assertThat(registry.asked()).isEmpty();
    }

    /** The change is told of while the scan with the old Secret is under way. */
    @Test
    void aSecretThatIsMendedDuringAScanIsTriedAfterIt() {
        declared.declare(repository("a", "image: ghcr.io/o/a, secretRef: {name: a}"));
        registry.setRefusal(new Registry.Failed(ScanFailure.AUTHENTICATION_FAILED, "no", null));
        registry.gate("page 1");
        watcher.start();
        settle();
        declared.declare(secret("a", "1"));
        world.settle();
        registry.open("page 1");
        world.settle();
        assertThat(registry.asked()).as("before any back-off").hasSizeGreaterThan(1);
    }

    /** The webhook handler sees at once what is declared, and the feed hears of it a moment later. */
    @Test
    void aNotificationThatListsAResourceOfThisMomentIsNotLost() {
        for (int seed = 0; seed < 20; seed++) {
            world(seed);
            watcher = watcher();
            declared.declare(repository("a", "image: ghcr.io/o/a"));
            start();
            registry.push(new ImageName("ghcr.io/o/a"), "1.0", SimulatedRegistry.digest(1));
            declared.declare(repository("b", "image: ghcr.io/o/a"));
            Envelope<?> told = Envelope.first(
                    new Event.RegistryNotified(
                            new ImageName("ghcr.io/o/a"), "apps/hook", List.of("ImageRepository/apps/b"), "1.0"),
                    "test",
                    world.now(),
                    "1");
            group.append(told.key(), told);
            settle();
            assertThat(log.discovered()).as("seed %s", seed).contains("1.0");
        }
    }

    /** It was declared and deleted before anybody was told, and the partition became active in between. */
    @Test
    void whatOnlyAnActivationHasSeenIsNotScannedForEver() {
        for (int seed = 0; seed < 300; seed++) {
            world(seed);
            watcher = watcher();
            watcher.start();
            for (int steps = seed % 30; steps > 0; steps--) {
                world.step();
            }
            declared.declare(repository("a", "image: ghcr.io/o/a"));
            for (int steps = seed % 3; steps > 0; steps--) {
                world.step();
            }
            declared.delete(repository("a", "image: ghcr.io/o/a").id());
            settle();
            assertThat(watcher.owned().find(feed("ghcr.io/o/a", "")).flatMap(OwnedFeed::watched))
                    .as("seed %s", seed)
                    .isEmpty();
        }
    }

    /** Whoever does not know what is declared would take a notification for one of an image that nobody names. */
    @Test
    void whoCannotReadWhatIsDeclaredClaimsNothing() {
        declared.declare(repository("a", "image: ghcr.io/o/a"));
        declared.setAway();
        world.end();
        watcher = watcher();
        watcher.start();
        world.pass(Duration.ofMinutes(1));
        assertThat(watcher.isReady()).isFalse();
        assertThat(log.records()).isEmpty();

        declared.appear();
        world.pass(Duration.ofMinutes(1));
        assertThat(watcher.isReady()).isTrue();
        assertThat(registry.asked()).containsExactly("page 1", "page 2");
    }

    /** That reads a status, once, and only of who has asked for a run. */
    @Test
    void noStatusIsReadBeforeARoutineScan() {
        begin(FEW);
        declared.declare(SimulatedWatcher.repository(feed(7), "now"));
        settle();
        assertThat(watcher.askedForHandled()).isZero();
        forget();
        world.pass(SimulatedWatcher.INTERVAL.multipliedBy(3));
        assertThat(registry.asked()).hasSize(3 * 2 * FEW);
        assertThat(watcher.askedForHandled()).isZero();
    }
}

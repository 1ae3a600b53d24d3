package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.testkit.contract.Tomorrow;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.KnownTags;
import dev.tidemark.watcher.domain.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else has written into the topics costs that record only, also at every later start (faults P1). */
class FeedLoadingTest {

    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    private static final Scan SCAN = new Scan("s", World.BEGIN);
    private static final String DIGEST = SimulatedRegistry.digest(7);

    private final World world = new World(1);
    private final SharedLog log = new SharedLog(world, 1);

    @AfterEach
    void end() {
        world.end();
    }

    private void take(String key, @Nullable Event event) {
        Envelope<?> envelope = event == null
                ? null
                : EventCodec.decode(EventCodec.encode(Envelope.correlated(event, "t", World.BEGIN, "c")));
        log.add(Topic.TAG_DISCOVERED, key, envelope);
    }

    /** Whoever reads how feeds are does not read all tags: what an older watcher wrote there is said where it is found. */
    @Test
    void aFailureAmongTheTagsIsSaidAgainBesideTheSchedule() {
        SimulatedRegistry registry = new SimulatedRegistry(world);
        registry.setRefusal(new Registry.Failed(ScanFailure.RATE_LIMITED, "busy", null));
        take(FEED.text(), new ScanFailed(FEED, SCAN, ScanFailure.RATE_LIMITED, "busy", World.BEGIN));
        SimulatedGroup group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, 1);
        SimulatedWatcher watcher = new SimulatedWatcher("w", world, group, 1, log, registry, 10);
        watcher.watch(FEED);
        watcher.start();
        world.pass(Duration.ofSeconds(2));
        assertThat(log.records().stream()
                        .filter(record -> record.envelope() != null
                                && record.envelope().event() instanceof ScanFailed
                                && record.topic() == Topic.FEED_SCANNED)
                        .map(SharedLog.Written::key))
                .containsExactly("ghcr.io/o/a#|:failed");
    }

    private KnownTags tags() {
        return state().tags();
    }

    private FeedState state() {
        SimulatedGroup group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, 1);
        SimulatedWatcher watcher = new SimulatedWatcher("w", world, group, 1, log, new SimulatedRegistry(world), 10);
        watcher.start();
        world.pass(Duration.ofSeconds(2));
        assertThat(watcher.isReady()).isTrue();
        return watcher.owned().find(FEED).orElseThrow().state();
    }

    private static Event found(String tag, @Nullable String digest) {
        return new Event.TagDiscovered(FEED, tag, digest, SCAN, Scope.TAG, World.BEGIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "",
                "x",
                "sha256",
                "\u0000:\uFFFF"
            })
    void aDigestThatIsNoneCostsThatRecordOnly(String digest) {
        take("ghcr.io/o/a#|1", found("1.0", DIGEST));
        take("ghcr.io/o/a#|2", found("2.0", digest));
        take("ghcr.io/o/a#|3", found("3.0", DIGEST));
        KnownTags tags = tags();
        assertThat(tags.size()).isEqualTo(2);
        assertThat(tags.contains("2.0")).isFalse();
    }

    @Test
    void aTagThatIsNoneCostsThatRecordOnly() {
        take("k", found("1.0", DIGEST));
        take("k", found("x".repeat(300), null));
        take("k", found("\uD83D\uDE00", null));
        take("k", new Event.TagRemoved(FEED, "a b", SCAN, Scope.SCAN));
        take("k", found("4.0", null));
        KnownTags tags = tags();
        assertThat(tags.size()).isEqualTo(2);
        assertThat(tags.find("1.0").orElseThrow().digest()).isEqualTo(DIGEST);
    }

    /** Policies keep them until a scan has completed: the next one says that, whether or not it finds anything else. */
    @Test
    void factsOfAScopeOfTomorrowAreThoseOfAScanThatHasNotCompleted() {
        take("k", found("1.0", DIGEST));
        take("k", new Event.TagRemoved(FEED, "1.0", SCAN, Scope.UNKNOWN));
        take("k", new Event.TagDiscovered(FEED, "2.0", DIGEST, SCAN, Scope.UNKNOWN, World.BEGIN));
        FeedState state = state();
        assertThat(state.tags().contains("1.0")).isFalse();
        assertThat(state.tags().contains("2.0")).isTrue();
        assertThat(state.unfinished()).isTrue();
    }

    /** Every record of tomorrow that this build reads, among them facts of constants that it does not know. */
    @Test
    void whatIsOfTomorrowStopsNothing() {
        take("k", found("3.0", DIGEST));
        Stream.of(Topic.TAG_DISCOVERED, Topic.FEED_SCANNED).forEach(topic -> Tomorrow.of(topic.topicName()).stream()
                .filter(one -> one.what().isRead())
                .forEach(one -> log.add(topic, one.key(), EventCodec.decode(one.value()))));
        assertThat(tags().contains("3.0")).isTrue();
    }

    @Test
    void timesBeyondAllReasonAndStrangeTombstonesStopNothing() {
        take("k", new Event.TagDiscovered(FEED, "1.0", null, SCAN, Scope.TAG, Instant.MAX));
        take("k", new Event.FeedScanned(FEED, new Scan("s", Instant.MIN), 1, "", Instant.MAX));
        take("k", new Event.TagRemoved(FEED, "9.0", new Scan("s", Instant.MAX), Scope.TAG));
        take("k", new Event.ControlRequested("everything", Event.ControlAction.HALT, "me", "why"));
        take("", null);
        take("#|#|", null);
        take("x#\u0001|", null);
        take("k", found("2.0", DIGEST));
        take("k", found("3.0", DIGEST));
        take("ghcr.io/o/a#|2.0", null);
        KnownTags tags = tags();
        assertThat(tags.contains("3.0")).isTrue();
        assertThat(tags.contains("2.0")).isFalse();
    }
}

package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lanes on their real threads; the tests wait for what is completed. */
class FeedLanesTest {

    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    private static final ResourceId RESOURCE = new ResourceId("ImageRepository", "apps", "a");
    private static final Set<Integer> ALL = Set.of(0);
    private static final Envelope<?> CAUSE = Envelope.first(
            new Event.TagCheckWanted(FEED, "1.0", Event.CheckPurpose.DIGEST_ONCE, null), "t", Instant.EPOCH);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CountDownLatch restoring = new CountDownLatch(1);
    private final CountDownLatch mayRestore = new CountDownLatch(1);
    private final AtomicBoolean statusUnreadable = new AtomicBoolean();
    private final FeedLanes lanes =
            new FeedLanes(1, this::restore, this::open, this::handledRequest, Clock.systemUTC());

    FeedLanesTest() {
        lanes.start();
    }

    @AfterEach
    void close() {
        mayRestore.countDown();
        lanes.close();
    }

    /** A feed that was scanned a second ago. */
    private Map<Feed, FeedMemory> restore(java.util.Collection<Integer> partitions) {
        restoring.countDown();
        try {
            mayRestore.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        FeedMemory memory = new FeedMemory();
        Instant now = Instant.now();
        memory.apply(new Event.FeedScanned(FEED, new Scan("s", now), 0, "", now.plusSeconds(3600)), now);
        Map<Feed, FeedMemory> memories = new HashMap<>();
        memories.put(FEED, memory);
        return memories;
    }

    private Lane open(WatchedFeed watched, FeedMemory memory, Instant due) {
        FeedWorker worker = new FeedWorker(
                watched.feed(),
                memory,
                new EmptyRegistry(),
                new NoLog(),
                Clock.systemUTC(),
                () -> "scan",
                new Telling(),
                Duration.ofDays(30));
        return new Lane(watched, worker, Clock.systemUTC(), due);
    }

    private static Watchlist watching(String request) {
        WatchedFeed watched = new WatchedFeed(
                FEED,
                AccessProfile.ANONYMOUS,
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                Map.of(RESOURCE, 1L),
                Map.of(RESOURCE, request));
        return new Watchlist(Map.of(FEED, watched), Map.of());
    }

    private CompletableFuture<Void> notified(String tag) {
        var event = new Event.RegistryNotified(FEED.image(), "apps/hook", List.of(RESOURCE.toString()), tag);
        return lanes.notified(Envelope.first(event, "t", Instant.EPOCH, tag));
    }

    private String handledRequest(ResourceId resource) {
        if (statusUnreadable.compareAndSet(true, false)) {
            throw new IllegalStateException("the status cannot be read");
        }
        return "before";
    }

    private CompletableFuture<TagCheck.Ended> ask(String tag) {
        return lanes.check(FEED, tag, TagCheck.Purpose.ASKED, CAUSE);
    }

    private static TagCheck.Ended ended(CompletableFuture<TagCheck.Ended> look) throws Exception {
        return look.get(10, TimeUnit.SECONDS);
    }

    private String nextTold() throws InterruptedException {
        return Objects.requireNonNullElse(told.poll(10, TimeUnit.SECONDS), "nothing");
    }

    @Test
    void whatIsAskedWhileAPartitionIsReadWaitsForIt() throws Exception {
        lanes.watch(watching(""));
        lanes.assigned(ALL);
        assertThat(restoring.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<TagCheck.Ended> look = ask("1.0");
        assertThat(look).isNotDone();
        assertThat(lanes.ready()).isFalse();
        mayRestore.countDown();
        assertThat(ended(look)).isEqualTo(TagCheck.Ended.DONE);
        assertThat(lanes.ready()).isTrue();
    }

    @Test
    void aFeedThatNobodyWatchesIsNotLookedAt() throws Exception {
        mayRestore.countDown();
        lanes.assigned(ALL);
        assertThat(ended(ask("1.0"))).isEqualTo(TagCheck.Ended.NOT_WATCHED);
        lanes.watch(watching(""));
        assertThat(ended(ask("1.0"))).isEqualTo(TagCheck.Ended.DONE);
        assertThat(told).contains("look 1.0");
        assertThat(ended(ask("../no/tag"))).isEqualTo(TagCheck.Ended.DONE);
        assertThat(told).doesNotContain("look ../no/tag");
    }

    @Test
    void whatBelongsToSomebodyElseIsCalledOff() throws Exception {
        mayRestore.countDown();
        lanes.watch(watching(""));
        lanes.assigned(ALL);
        assertThat(ended(ask("1.0"))).isEqualTo(TagCheck.Ended.DONE);
        lanes.revoked(ALL);
        assertThat(ask("1.0"))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .isNotNull();
        lanes.assigned(ALL);
        assertThat(ended(ask("1.0"))).isEqualTo(TagCheck.Ended.DONE);
    }

    /** A channel delivers its backlog as soon as it is assigned, which may be before this replica is put together. */
    @Test
    void aNotificationThatComesBeforeThePartitionIsToldOfWaitsForIt() throws Exception {
        mayRestore.countDown();
        lanes.watch(watching(""));
        CompletableFuture<Void> first = notified("1.0");
        CompletableFuture<Void> second = notified("2.0");
        lanes.assigned(ALL);
        CompletableFuture.allOf(first, second).get(10, TimeUnit.SECONDS);
        assertThat(told).contains("look 1.0", "look 2.0");
    }

    /** Nothing is acknowledged that was not worked: the channel reads it again, and then it is. */
    @Test
    void whatWaitsWhenAPartitionIsLostIsCalledOffAndWorkedWhenItIsReadAgain() throws Exception {
        lanes.watch(watching(""));
        CompletableFuture<Void> before = notified("1.0");
        lanes.revoked(ALL);
        assertThat(before).failsWithin(Duration.ofSeconds(10));
        assertThat(before).isCancelled();
        lanes.assigned(ALL);
        CompletableFuture<Void> again = notified("1.0");
        mayRestore.countDown();
        again.get(10, TimeUnit.SECONDS);
        assertThat(told).contains("look 1.0");
    }

    /** The second rebalance comes while the partition of the first one is still read. */
    @Test
    void twoRebalancesCloseTogetherLoseNothing() throws Exception {
        lanes.watch(watching(""));
        lanes.assigned(ALL);
        assertThat(restoring.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> early = notified("1.0");
        lanes.revoked(ALL);
        CompletableFuture<Void> between = notified("1.0");
        lanes.assigned(ALL);
        CompletableFuture<Void> late = notified("1.0");
        mayRestore.countDown();
        late.get(10, TimeUnit.SECONDS);
        assertThat(between).isCancelled();
        assertThat(early.isDone()).isTrue();
        assertThat(told).contains("look 1.0");
        assertThat(lanes.ready()).isTrue();
    }

    @Test
    void aPartitionWhoseFeedsCannotBeOpenedIsTriedAgain() throws Exception {
        statusUnreadable.set(true);
        mayRestore.countDown();
        lanes.watch(watching("at start"));
        lanes.assigned(ALL);
        notified("1.0").get(10, TimeUnit.SECONDS);
        assertThat(statusUnreadable).isFalse();
        assertThat(told).contains("look 1.0");
    }

    /** Status must not call a request handled that no scan has followed. */
    @Test
    void aRequestIsScannedBeforeItIsTold() throws Exception {
        mayRestore.countDown();
        lanes.watch(watching("at start"));
        lanes.assigned(ALL);
        assertThat(nextTold()).isEqualTo("list");
        assertThat(nextTold()).isEqualTo("scanned at start");
        lanes.watch(watching("later"));
        assertThat(nextTold()).isEqualTo("list");
        String first = nextTold();
        assertThat(first).startsWith("scanned ");
        assertThat(first.equals("scanned later") ? first : nextTold()).endsWith("later");
    }

    @Test
    void withoutARequestTheLastScanIsToldAndTheNextOneWaits() throws Exception {
        mayRestore.countDown();
        lanes.watch(watching("before"));
        lanes.assigned(ALL);
        assertThat(nextTold()).isEqualTo("known before");
        assertThat(ended(ask("1.0"))).isEqualTo(TagCheck.Ended.DONE);
        assertThat(told).containsExactly("look 1.0");
    }

    private final class EmptyRegistry implements Registry {
        @Override
        public Listing list(Place place, Urgency urgency, TagSink sink) {
            told.add("list");
            return new Listing.Complete();
        }

        @Override
        public Look look(Place place, Urgency urgency, String tag) {
            told.add("look " + tag);
            return new Look.Gone();
        }
    }

    private final class Telling implements FeedWorker.ScanListener {
        @Override
        public void scanned(WatchedFeed watched, FeedMemory memory, Scan scan, Instant finishedAt) {
            told.add("scanned " + watched.requests().get(RESOURCE));
        }

        @Override
        public void known(WatchedFeed watched, FeedMemory memory, Scan last) {
            told.add("known " + watched.requests().get(RESOURCE));
        }

        @Override
        public void failed(WatchedFeed watched, FeedMemory memory, FeedMemory.Failure failure) {
            told.add("failed");
        }
    }

    private static final class NoLog implements EventLog {
        @Override
        public void append(List<? extends Envelope<?>> events) {}

        @Override
        public void forget(Feed feed, List<String> tags) {}
    }
}

package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.flux.AccessProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane on its real thread; the tests wait for what it completes. */
class LaneTest {

    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    private static final WatchedFeed WATCHED = new WatchedFeed(
            FEED, AccessProfile.ANONYMOUS, Duration.ofHours(1), Duration.ofMinutes(1), Map.of(), Map.of());
    private static final Envelope<?> CAUSE = Envelope.first(
            new Event.RegistryNotified(FEED.image(), "ns/hook", List.of(), "2.0"), "test", Instant.EPOCH, "1");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch atGate = new CountDownLatch(1);
    private volatile boolean failing;
    private final FeedMemory memory = new FeedMemory();
    private final BlockingQueue<Integer> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final BlockingQueue<Error> listFaults = new LinkedBlockingQueue<>();
    private final Lane lane = new Lane(
            WATCHED,
            new FeedWorker(
                    FEED,
                    memory,
                    new GatedRegistry(),
                    new Log(),
                    Clock.systemUTC(),
                    () -> "s",
                    new Silent(),
                    Duration.ofDays(30)),
            Clock.systemUTC(),
            Instant.now().plusSeconds(3600));

    @AfterEach
    void close() throws InterruptedException {
        gate.countDown();
        lane.close();
        assertThat(lane.ended(Duration.ofSeconds(10))).isTrue();
    }

    private CompletableFuture<TagCheck.Ended> check(String tag) {
        CompletableFuture<TagCheck.Ended> done = new CompletableFuture<>();
        lane.request(new TagCheck(tag, TagCheck.Purpose.CLAIMED, CAUSE, done));
        return done;
    }

    @Test
    void equalLooksCoalesceAndNeverOverlap() throws Exception {
        lane.start();
        CompletableFuture<TagCheck.Ended> first = check("gate");
        assertThat(atGate.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<TagCheck.Ended> a = check("2.0");
        CompletableFuture<TagCheck.Ended> b = check("2.0");
        gate.countDown();
        CompletableFuture.allOf(first, a, b).get(10, TimeUnit.SECONDS);
        assertThat(asked).containsExactly("gate", "2.0");
    }

    @Test
    void aLookComesInBetweenTwoPagesOfAScan() throws Exception {
        CompletableFuture<Void> scan = lane.requestScan(null);
        lane.start();
        assertThat(atGate.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<TagCheck.Ended> look = check("2.0");
        gate.countDown();
        CompletableFuture.allOf(scan, look).get(10, TimeUnit.SECONDS);
        assertThat(asked).containsExactly("page 1", "2.0", "page 2");
    }

    @Test
    void whatWaitsIsCancelledWhenThePartitionIsLost() throws Exception {
        lane.start();
        CompletableFuture<TagCheck.Ended> running = check("gate");
        assertThat(atGate.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<TagCheck.Ended> waiting = check("2.0");
        lane.close();
        assertThat(waiting).isCancelled();
        assertThat(lane.ended(Duration.ofSeconds(10))).isTrue();
        assertThat(running).isDone();
        assertThat(check("3.0")).isCancelled();
    }

    @Test
    void aLaneThatRetiresTellsThatNobodyWasAsked() throws Exception {
        lane.start();
        CompletableFuture<TagCheck.Ended> running = check("interrupted");
        assertThat(atGate.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<TagCheck.Ended> waiting = check("2.0");
        lane.retire();
        assertThat(lane.ended(Duration.ofSeconds(10))).isTrue();
        assertThat(List.of(running.join(), waiting.join(), check("3.0").join()))
                .containsOnly(TagCheck.Ended.NOT_WATCHED);
    }

    @Test
    void aBurstOfNewTagsIsToldOnceWithoutAnotherScan() throws Exception {
        Instant now = Instant.now();
        memory.apply(new Event.FeedScanned(FEED, new Scan("s", now), 0, "", now.plusSeconds(3600)), now);
        lane.start();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isZero();
        CompletableFuture<TagCheck.Ended> first = check("gate");
        assertThat(atGate.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<?> burst = CompletableFuture.allOf(first, check("new"), check("new2"), check("new3"));
        gate.countDown();
        burst.get(10, TimeUnit.SECONDS);
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(4);
        assertThat(asked).containsExactly("gate", "new", "new2", "new3");
    }

    @Test
    void aRegistryThatIsBackIsAskedAtOnceWhatWasPutOff() throws Exception {
        failing = true;
        lane.start();
        CompletableFuture<TagCheck.Ended> asked = new CompletableFuture<>();
        lane.request(new TagCheck("2.0", TagCheck.Purpose.ASKED, CAUSE, asked));
        assertThat(atGate.await(10, TimeUnit.SECONDS)).isTrue();
        // A wait of 15 minutes, as the registry wants it, or as long as a scan takes
        failing = false;
        gate.countDown();
        lane.requestScan(null).get(10, TimeUnit.SECONDS);
        assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo(TagCheck.Ended.DONE);
    }

    /** The word of another tag was lost, or the sender names one of several (case 11). */
    @Test
    void aWebhookThatBringsNothingNewIsFollowedByAScan() throws Exception {
        gate.countDown();
        lane.start();
        check("old").get(10, TimeUnit.SECONDS);
        assertThat(asked).containsExactly("old", "page 1", "page 2");
    }

    @Test
    void webhooksThatBringNothingNewShareAScan() throws Exception {
        lane.start();
        CompletableFuture<TagCheck.Ended> first = check("gate");
        assertThat(atGate.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<?> others = CompletableFuture.allOf(check("old"), check("older"), check("old"));
        gate.countDown();
        CompletableFuture.allOf(first, others).get(10, TimeUnit.SECONDS);
        assertThat(asked).containsExactly("gate", "old", "older", "page 1", "page 2");
    }

    /** Registries tell of each platform of an image, or again when an answer took long. */
    @Test
    void aSenderThatRepeatsItselfCostsNoScan() throws Exception {
        lane.start();
        check("new").get(10, TimeUnit.SECONDS);
        check("new").get(10, TimeUnit.SECONDS);
        assertThat(asked).containsExactly("new", "new");
    }

    @Test
    void aWebhookDoesNotWaitForDigestsThatSomebodyWantsToKnow() throws Exception {
        lane.start();
        CompletableFuture<TagCheck.Ended> first = check("gate");
        assertThat(atGate.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<TagCheck.Ended> wanted = new CompletableFuture<>();
        lane.request(new TagCheck("old", TagCheck.Purpose.ASKED, CAUSE, wanted));
        CompletableFuture<TagCheck.Ended> claimed = check("new");
        gate.countDown();
        CompletableFuture.allOf(first, wanted, claimed).get(10, TimeUnit.SECONDS);
        assertThat(asked).containsExactly("gate", "new", "old");
    }

    /** A claim is settled soon, whatever the registry asks for: the scans have the patience. */
    @Test
    void aRegistryThatAsksForMuchPatienceDoesNotKeepAWebhookUnsettled() throws Exception {
        failing = true;
        gate.countDown();
        lane.start();
        check("2.0").get(10, TimeUnit.SECONDS);
        assertThat(asked).containsExactly("2.0", "page 1", "page 2");
    }

    @Test
    void anErrorInAScanIsItsOutcomeAndTheLaneGoesOn() throws Exception {
        gate.countDown();
        listFaults.add(new AssertionError("what nobody thought of"));
        CompletableFuture<Void> scan = lane.requestScan(null);
        lane.start();
        scan.get(10, TimeUnit.SECONDS);
        assertThat(failures.poll(10, TimeUnit.SECONDS)).contains("report it", "what nobody thought of");
        assertThat(memory.failure()).isNotNull();
        lane.requestScan(null).get(10, TimeUnit.SECONDS);
        assertThat(memory.failure()).isNull();
        assertThat(check("new").get(10, TimeUnit.SECONDS)).isEqualTo(TagCheck.Ended.DONE);
    }

    @Test
    void aFaultInALookIsSaidAndTheNextLookGoesOn() throws Exception {
        gate.countDown();
        lane.start();
        CompletableFuture<TagCheck.Ended> faulty = check("fault");
        assertThat(failures.poll(10, TimeUnit.SECONDS)).contains("too strange");
        assertThat(check("new").get(10, TimeUnit.SECONDS)).isEqualTo(TagCheck.Ended.DONE);
        assertThat(faulty.get(30, TimeUnit.SECONDS)).isEqualTo(TagCheck.Ended.DONE);
    }

    private final class GatedRegistry implements Registry {
        @Override
        public Listing list(Place place, Urgency urgency, TagSink sink) {
            asked.add("page 1");
            Error fault = listFaults.poll();
            if (fault != null) {
                throw fault;
            }
            pass();
            sink.pageEnd();
            asked.add("page 2");
            return new Listing.Complete();
        }

        @Override
        public Look look(Place place, Urgency urgency, String tag) {
            assertThat(busy.incrementAndGet()).isEqualTo(1);
            asked.add(tag);
            if (tag.equals("gate")) {
                pass();
            }
            if (tag.equals("interrupted")) {
                pass();
                throw new CancellationException("stopped while asking");
            }
            busy.decrementAndGet();
            if (failing) {
                atGate.countDown();
                return new Failed(Event.ScanFailure.RATE_LIMITED, "busy", Duration.ofMinutes(15));
            }
            if (tag.equals("fault")) {
                throw new IllegalStateException("too strange");
            }
            if (tag.startsWith("new") || tag.equals("gate") || tag.equals("2.0")) {
                return new Look.Found("sha256:" + "ab".repeat(32));
            }
            return new Look.Gone();
        }

        private void pass() {
            atGate.countDown();
            try {
                gate.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Log implements EventLog {
        @Override
        public void append(List<? extends Envelope<?>> events) {}

        @Override
        public void forget(Feed feed, List<String> tags) {}
    }

    private final class Silent implements FeedWorker.ScanListener {
        @Override
        public void scanned(WatchedFeed watched, FeedMemory memory, Scan scan, Instant finishedAt) {}

        @Override
        public void known(WatchedFeed watched, FeedMemory memory, Scan last) {
            told.add(memory.tags().size());
        }

        @Override
        public void failed(WatchedFeed watched, FeedMemory memory, FeedMemory.Failure failure) {
            failures.add(failure.message());
        }
    }
}

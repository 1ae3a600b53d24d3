package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.watcher.domain.TagCheck.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedWorkerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    private static final WatchedFeed WATCHED = new WatchedFeed(
            FEED, AccessProfile.ANONYMOUS, Duration.ofMinutes(5), Duration.ofMinutes(1), Map.of(), Map.of());
    private static final Envelope<?> CAUSE = Envelope.first(
            new Event.RegistryNotified(FEED.image(), "ns/hook", List.of(), "2.0"), "registry-watcher", NOW, "1");
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private static final long EPOCH = 17;

    private static final Duration WINDOW = Duration.ofDays(30);

    private final FakeRegistry registry = new FakeRegistry();
    private final List<Envelope<?>> log = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private final FeedState state = new FeedState();
    private int scans;
    private boolean brokerAway;

    private final FeedWorker worker = new FeedWorker(
            FEED,
            EPOCH,
            state,
            registry,
            new Log(),
            Clock.fixed(NOW, ZoneOffset.UTC),
            (failures, retryAfter) -> retryAfter == null ? RetryDelay.FIRST : retryAfter,
            () -> "scan-" + ++scans,
            new Silent(),
            WINDOW);

    private void scan() {
        worker.scan(WATCHED, Urgency.ROUTINE, null, () -> {});
    }

    private FeedWorker.Checked resolve(String tag, Purpose purpose) {
        return resolve(tag, purpose, worker.mark(), false);
    }

    private FeedWorker.Checked resolve(String tag, Purpose purpose, long since, boolean answered) {
        return worker.resolve(WATCHED, new TagCheck(tag, purpose, CAUSE, since, answered, how -> {}));
    }

    private List<String> written() {
        List<String> texts = log.stream()
                .map(envelope -> switch (envelope.event()) {
                    case Event.TagDiscovered e -> "+" + e.tag() + (e.scope() == Scope.TAG ? "!" : "");
                    case Event.TagRemoved e -> "-" + e.tag() + (e.scope() == Scope.TAG ? "!" : "");
                    case Event.ScanCompleted e -> "completed " + e.tagCount() + " +" + e.added() + " -" + e.removed();
                    case Event.FeedScanned e -> "scanned " + e.tagCount();
                    case Event.ScanFailed e -> "failed " + e.reason();
                    default -> throw new AssertionError(envelope);
                })
                .toList();
        log.clear();
        return texts;
    }

    @Test
    void aFirstScanPublishesEverythingThenThatItIsComplete() {
        registry.pages = List.of(List.of("1.0", "1.1"), List.of("1.2"));
        scan();
        Envelope<?> first = log.getFirst();
        assertThat(((Event.TagDiscovered) first.event()).firstSeen()).isNull();
        assertThat(first.correlationid()).isEqualTo("scan-1");
        assertThat(((Event.FeedScanned) log.getLast().event()).nextDue()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThat(written()).containsExactly("+1.0", "+1.1", "+1.2", "completed 3 +3 -0", "scanned 3");
    }

    /** A notification is read again after a restart: what it told of was found before. */
    @Test
    void aClaimThatWasWorkedBeforeARestartAsksForNoScan() {
        Scan before = new Scan("before", NOW);
        state.apply(new Event.TagDiscovered(FEED, "2.0", DIGEST, before, Scope.TAG, NOW.plusMillis(5)), NOW);
        state.apply(new Event.TagDiscovered(FEED, "1.0", DIGEST, before, Scope.TAG, NOW.minusSeconds(60)), NOW);
        registry.digests.putAll(Map.of("2.0", DIGEST, "1.0", DIGEST));
        assertThat(resolve("2.0", Purpose.CLAIMED, worker.mark(), true)).isEqualTo(new FeedWorker.Checked.Done(true));
        assertThat(resolve("1.0", Purpose.CLAIMED)).isEqualTo(new FeedWorker.Checked.Done(false));
    }

    /** It was told of before the list was read that brought it, or while it was: no clock says so. */
    @Test
    void aClaimOfATagThatAScanFoundMeanwhileAsksForNoScan() {
        registry.pages = List.of(List.of("1.0"), List.of());
        scan();
        long before = worker.mark();
        registry.pages = List.of(List.of("1.0"), List.of("2.0"));
        long[] meanwhile = new long[1];
        worker.scan(WATCHED, Urgency.ROUTINE, null, () -> meanwhile[0] = worker.mark());
        registry.digests.put("2.0", DIGEST);
        assertThat(resolve("2.0", Purpose.CLAIMED, before, false)).isEqualTo(new FeedWorker.Checked.Done(true));
        assertThat(resolve("2.0", Purpose.CLAIMED, meanwhile[0], false)).isEqualTo(new FeedWorker.Checked.Done(true));
        assertThat(resolve("2.0", Purpose.CLAIMED)).isEqualTo(new FeedWorker.Checked.Done(false));
    }

    /** D1: all that is written carries the epoch, and scans are numbered in it; a word on an old scan does not make it new. */
    @Test
    void everythingCarriesTheOwnersEpochAndScansAreNumberedInIt() {
        Scan earlier = new Scan("earlier", NOW.plusSeconds(120), 3L, 900L);
        state.apply(new Event.ScanCompleted(FEED, earlier, 0, 0, 0, ""), NOW);
        worker.oweScan(CAUSE);
        Event.FeedScanned owed = (Event.FeedScanned) log.getLast().event();
        assertThat(owed.scan()).isEqualTo(earlier);
        registry.pages = List.of(List.of("1.0"));
        scan();
        registry.digests.put("2.0", DIGEST);
        resolve("2.0", Purpose.CLAIMED);
        assertThat(log).allSatisfy(envelope -> assertThat(((FeedEvent) envelope.event()).ownerEpoch())
                .isEqualTo(EPOCH));
        Scan found = ((FeedEvent) log.getLast().event()).scan();
        assertThat(found.order()).isEqualTo(new ScanOrder(EPOCH, 2));
        assertThat(earlier.order().precedes(found.order())).isTrue();
    }

    @Test
    void whatIsKnownIsWrittenAgainBehindAnEarlierOwnersWords() {
        registry.pages = List.of(List.of("1.0", "2.0"));
        scan();
        registry.pages = List.of(List.of("1.0"));
        scan();
        written();
        worker.restate(new LateWords(Set.of("1.0", "2.0", "3.0"), false, true, true));
        assertThat(written()).containsExactlyInAnyOrder("+1.0!", "-2.0", "scanned 1");
        assertThat(forgotten).containsExactly("3.0");
        // how scans went is said by the next one, whether it finds something or not
        assertThat(state.isContested()).isTrue();
        scan();
        assertThat(written()).containsExactly("completed 1 +0 -0", "scanned 1");
        worker.restate(new LateWords(Set.of(), true, true, false));
        assertThat(written()).containsExactlyInAnyOrder("scanned 1", "+1.0!", "-2.0");
        registry.failure = new Registry.Failed(ScanFailure.UNREACHABLE, "gone", null);
        scan();
        written();
        worker.restate(new LateWords(Set.of(), false, true, false));
        written();
        scan();
        assertThat(written()).containsExactly("failed UNREACHABLE");
        scan();
        assertThat(written()).isEmpty();
    }

    /** Otherwise the first webhook for each listed tag would hide what was pushed beside it (case 11). */
    @Test
    void theFirstDigestOfATagThatWasListedIsNoNews() {
        registry.pages = List.of(List.of("1.0", "latest"));
        scan();
        written();
        registry.digests.put("latest", DIGEST);
        assertThat(resolve("latest", Purpose.CLAIMED)).isEqualTo(new FeedWorker.Checked.Done(false));
        assertThat(written()).containsExactly("+latest!");
        registry.digests.put("latest", "sha256:" + "cd".repeat(32));
        assertThat(resolve("latest", Purpose.CLAIMED)).isEqualTo(new FeedWorker.Checked.Done(true));
    }

    @Test
    void anUnchangedListIsOnlyRemembered() {
        registry.pages = List.of(List.of("1.0", "1.1"));
        scan();
        written();
        registry.pages = List.of(List.of("1.1"), List.of("1.0", "1.1"));
        scan();
        assertThat(written()).containsExactly("scanned 2");
    }

    @Test
    void aLaterScanPublishesTheDifference() {
        registry.pages = List.of(List.of("1.0", "1.1"));
        scan();
        written();
        registry.pages = List.of(List.of("1.1", "1.2"));
        scan();
        assertThat(((Event.TagDiscovered) log.getFirst().event()).firstSeen()).isEqualTo(NOW);
        assertThat(written()).containsExactly("+1.2", "-1.0", "completed 2 +1 -1", "scanned 2");
    }

    @Test
    void aWebhookTagFoundDuringAFullScanSurvivesIt() {
        registry.pages = List.of(List.of("1.0"));
        scan();
        written();
        registry.digests.put("2.0", DIGEST);
        registry.pages = List.of(List.of("1.0"), List.of());
        // When the webhook comes after the first page, and no page lists its tag
        worker.scan(WATCHED, Urgency.ROUTINE, null, () -> resolve("2.0", Purpose.CLAIMED));
        assertThat(written()).containsExactly("+2.0!", "scanned 2");
        assertThat(state.tags().contains("2.0")).isTrue();
    }

    /** Readers ignore scans older than the newest they have seen. */
    @Test
    void aLookDuringAFullScanDoesNotMakeTheScanOld() {
        registry.digests.put("2.0", DIGEST);
        registry.pages = List.of(List.of("1.0"), List.of("1.1"));
        worker.scan(WATCHED, Urgency.ROUTINE, null, () -> resolve("2.0", Purpose.CLAIMED));
        assertThat(log.stream().map(Envelope::event).filter(Event.TagDiscovered.class::isInstance))
                .extracting(event -> ((Event.TagDiscovered) event).scan().id())
                .containsOnly("scan-1");
        log.clear();
        registry.digests.put("3.0", DIGEST);
        resolve("3.0", Purpose.CLAIMED);
        assertThat(((Event.TagDiscovered) log.getFirst().event()).scan().id()).isEqualTo("scan-2");
    }

    @Test
    void aTagConfirmedDuringAFullScanSurvivesIt() {
        registry.pages = List.of(List.of("1.0", "2.0"));
        registry.digests.put("2.0", DIGEST);
        scan();
        resolve("2.0", Purpose.CLAIMED);
        written();
        registry.pages = List.of(List.of("1.0"), List.of());
        worker.scan(WATCHED, Urgency.ROUTINE, null, () -> resolve("2.0", Purpose.CLAIMED));
        assertThat(written()).containsExactly("scanned 2");
    }

    @Test
    void aTagFoundDuringAScanThatListsItTooIsWrittenOnce() {
        registry.digests.put("2.0", DIGEST);
        registry.pages = List.of(List.of("2.0"), List.of("2.0"));
        worker.scan(WATCHED, Urgency.ROUTINE, null, () -> resolve("2.0", Purpose.CLAIMED));
        assertThat(written()).containsExactly("+2.0!", "completed 1 +0 -0", "scanned 1");
    }

    @Test
    void aTagConfirmedGoneDuringAFullScanIsNotAddedByIt() {
        registry.pages = List.of(List.of("1.0", "2.0"));
        scan();
        written();
        registry.pages = List.of(List.of("1.0"), List.of("2.0"));
        worker.scan(WATCHED, Urgency.ROUTINE, null, () -> resolve("2.0", Purpose.ASKED));
        assertThat(written()).containsExactly("-2.0!", "scanned 1");
    }

    @Test
    void aListThatBreaksOffRemovesAndAddsNothing() {
        registry.pages = List.of(List.of("1.0", "1.1"));
        scan();
        written();
        registry.pages = List.of(List.of("1.2"));
        registry.failure = new Registry.Failed(ScanFailure.UNREACHABLE, "gone", null);
        scan();
        assertThat(written()).containsExactly("failed UNREACHABLE");
        assertThat(state.tags().size()).isEqualTo(2);
        assertThat(state.nextDue()).isEqualTo(NOW.plusMillis(750));
    }

    @Test
    void aFailureIsWrittenWhenItsReasonChangesAndItsEndToo() {
        registry.pages = List.of(List.of("1.0"));
        scan();
        written();
        registry.failure = new Registry.Failed(ScanFailure.RATE_LIMITED, "busy", Duration.ofSeconds(40));
        scan();
        scan();
        assertThat(state.nextDue()).isEqualTo(NOW.plusSeconds(40));
        assertThat(state.failures()).isEqualTo(2);
        registry.failure = new Registry.Failed(ScanFailure.UNREACHABLE, "gone", null);
        scan();
        registry.failure = null;
        scan();
        assertThat(written())
                .containsExactly("failed RATE_LIMITED", "failed UNREACHABLE", "completed 1 +0 -0", "scanned 1");
        assertThat(state.failures()).isZero();
    }

    @Test
    void aClaimedTagIsBelievedOnlyWhenTheRegistryHasIt() {
        assertThat(resolve("2.0", Purpose.CLAIMED)).isInstanceOf(FeedWorker.Checked.Done.class);
        assertThat(written()).isEmpty();
        registry.digests.put("2.0", DIGEST);
        resolve("2.0", Purpose.CLAIMED);
        Envelope<?> found = log.getFirst();
        assertThat(found.correlationid()).isEqualTo(CAUSE.correlationid());
        assertThat(found.causationid()).isEqualTo(CAUSE.id());
        resolve("2.0", Purpose.CLAIMED);
        assertThat(written()).containsExactly("+2.0!");
        registry.digests.put("2.0", "sha256:" + "cd".repeat(32));
        resolve("2.0", Purpose.CLAIMED);
        assertThat(written()).containsExactly("+2.0!");
    }

    @Test
    void whoWaitsForAnAnswerGetsOneAlsoWhenNothingIsNew() {
        registry.digests.put("2.0", DIGEST);
        resolve("2.0", Purpose.CLAIMED);
        resolve("2.0", Purpose.FOLLOWED);
        assertThat(written()).containsExactly("+2.0!");
        resolve("2.0", Purpose.ASKED);
        Envelope<?> answer = log.getFirst();
        assertThat(((Event.TagDiscovered) answer.event()).digest()).isEqualTo(DIGEST);
        assertThat(answer.causationid()).isEqualTo(CAUSE.id());
        assertThat(written()).containsExactly("+2.0!");
    }

    @Test
    void whoWaitsHearsThatThereIsNoSuchTagAndNobodyElse() {
        resolve("2.0", Purpose.CLAIMED);
        resolve("2.0", Purpose.FOLLOWED);
        assertThat(written()).isEmpty();
        resolve("2.0", Purpose.ASKED);
        assertThat(written()).containsExactly("-2.0!");
    }

    @Test
    void aFollowedDigestThatMovesIsWritten() {
        registry.digests.put("2.0", DIGEST);
        resolve("2.0", Purpose.ASKED);
        written();
        registry.digests.put("2.0", "sha256:" + "cd".repeat(32));
        resolve("2.0", Purpose.FOLLOWED);
        resolve("2.0", Purpose.FOLLOWED);
        assertThat(written()).containsExactly("+2.0!");
        assertThat(registry.asked)
                .containsExactly("AWAITED within PT1M", "ROUTINE within PT10S", "ROUTINE within PT10S");
    }

    @Test
    void aScanThatCouldNotSayThatItIsCompleteIsCompletedByTheNextOne() {
        registry.pages = List.of(List.of("1.0"));
        scan();
        written();
        // Given a scan of an earlier process that wrote its difference and died
        state.apply(new Event.TagDiscovered(FEED, "1.1", null, new Scan("dead", NOW), Scope.SCAN, NOW), NOW);
        registry.pages = List.of(List.of("1.0", "1.1"));
        scan();
        assertThat(written()).containsExactly("completed 2 +0 -0", "scanned 2");
    }

    @Test
    void whatTheBrokerDidNotTakeIsNotKnown() {
        registry.pages = List.of(List.of("1.0"));
        brokerAway = true;
        assertThatThrownBy(this::scan).isInstanceOf(LogUnavailableException.class);
        assertThat(state.tags().size()).isZero();
        brokerAway = false;
        scan();
        assertThat(written()).containsExactly("+1.0", "completed 1 +1 -0", "scanned 1");
    }

    @Test
    void aNameThatIsNoTagIsNotTaken() {
        registry.pages = List.of(List.of("1.0", "a|b", "", "x".repeat(129), ".hidden"));
        scan();
        assertThat(written()).containsExactly("+1.0", "completed 1 +1 -0", "scanned 1");
    }

    @Test
    void theLogForgetsTagsThatAreGoneForLongerThanTheWindow() {
        List<String> tags = IntStream.range(0, 1200).mapToObj(i -> "old-" + i).toList();
        Scan scan = new Scan("s", NOW);
        Instant longAgo = NOW.minus(WINDOW).minusSeconds(1);
        tags.forEach(tag -> state.apply(new Event.TagRemoved(FEED, tag, scan, Scope.SCAN), longAgo));
        state.apply(new Event.TagRemoved(FEED, "recent", scan, Scope.SCAN), NOW.minus(WINDOW));
        state.apply(new Event.TagRemoved(FEED, "back", scan, Scope.SCAN), longAgo);
        state.apply(new Event.TagDiscovered(FEED, "back", null, scan, Scope.SCAN, NOW), NOW);
        state.apply(new Event.TagRemoved(FEED, "restored", scan, Scope.SCAN), longAgo);
        state.forget("restored");
        registry.pages = List.of(List.of("back"));
        brokerAway = true;
        assertThatThrownBy(this::scan).isInstanceOf(LogUnavailableException.class);
        brokerAway = false;
        scan();
        assertThat(forgotten).containsExactlyInAnyOrderElementsOf(tags);
        scan();
        assertThat(forgotten).hasSize(1200);
        assertThat(state.tags().contains("back")).isTrue();
    }

    private final class Log implements FeedLog {
        @Override
        public void append(List<? extends Publication> publications) {
            prove();
            for (Publication publication : publications) {
                switch (publication) {
                    case Publication.Fact(Envelope<?> envelope) -> log.add(envelope);
                    case Publication.Tombstone gone ->
                        forgotten.add(gone.key().substring(gone.key().indexOf('|') + 1));
                }
            }
        }

        @Override
        public void prove() {
            if (brokerAway) {
                throw new LogUnavailableException("away", new IllegalStateException());
            }
        }
    }

    private static final class FakeRegistry implements Registry {
        private List<List<String>> pages = List.of();
        private final Map<String, String> digests = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private @Nullable Failed failure;

        @Override
        public Listing list(Place place, Urgency urgency, TagSink sink) {
            for (int i = 0; i < pages.size(); i++) {
                pages.get(i).forEach(sink::tag);
                if (i + 1 < pages.size()) {
                    sink.pageEnd();
                }
            }
            return failure == null ? new Listing.Complete() : failure;
        }

        @Override
        public Resolution resolve(Place place, Urgency urgency, String tag) {
            asked.add(urgency + " within " + place.timeout());
            String digest = digests.get(tag);
            return digest == null ? new Resolution.Gone() : new Resolution.Found(digest);
        }
    }

    private static final class Silent implements FeedWorker.ScanListener {
        @Override
        public void scanned(WatchedFeed watched, FeedState state, Scan scan, Instant finishedAt) {}

        @Override
        public void known(WatchedFeed watched, FeedState state, Scan last) {}

        @Override
        public void failed(WatchedFeed watched, FeedState state, FeedState.Failure failure) {}
    }
}

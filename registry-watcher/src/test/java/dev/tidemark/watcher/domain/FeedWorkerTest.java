package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagsListed;
import dev.tidemark.watcher.domain.TagCheck.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedWorkerTest extends OneFeedWorker {

    @Test
    void aFirstScanPublishesEverythingAsABase() {
        registry.pages = List.of(List.of("1.3", "1.0", "1.1"), List.of("1.2"));
        scan();
        Envelope<?> first = log.getFirst();
        assertThat(((TagsListed) first.event()).firstSeen()).isEmpty();
        assertThat(((TagsListed) first.event()).through()).isEqualTo(EPOCH);
        assertThat(first.correlationid()).isEqualTo("scan-1");
        assertThat(((Event.FeedScanned) log.getLast().event()).nextDue()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThat(written()).containsExactly("SCAN 1/2 1.0 1.1 1.2", "SCAN 2/2 1.3", "scanned 4");
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
        assertThat(log.stream().map(Envelope::event).filter(FeedEvent.class::isInstance))
                .extracting(event -> ((FeedEvent) event).scan().id())
                .containsOnly("scan-1");
        assertThat(written()).containsExactly("+2.0!", "SCAN 1/1 1.0 1.1 2.0", "scanned 3");
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
        assertThat(((TagsListed) log.get(1).event()).digest("2.0")).isEqualTo(DIGEST);
        assertThat(((TagsListed) log.get(1).event()).firstSeen()).containsExactly(Map.entry("2.0", NOW));
        assertThat(written()).containsExactly("+2.0!", "SCAN 1/1 2.0", "scanned 1");
        // the base has it, and nothing is beyond that
        assertThat(forgotten).containsExactly("2.0");
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
        // the broker may have what it did not say that it has
        assertThat(forgotten).containsExactly(":base|17.1|1");
        assertThat(written()).containsExactly("SCAN 1/1 1.0", "scanned 1");
    }

    @Test
    void aNameThatIsNoTagIsNotTaken() {
        registry.pages = List.of(List.of("1.0", "a|b", "", "x".repeat(129), ".hidden"));
        scan();
        assertThat(written()).containsExactly("SCAN 1/1 1.0", "scanned 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTagIsWhatTheGrammarSays(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(4) * random.nextInt(48); length > 0; length--) {
                text.append(random.nextInt(60) == 0 ? (char) random.nextInt(300) : "aZ9._-".charAt(random.nextInt(6)));
            }
            assertThat(FeedWorker.isTag(text.toString()))
                    .as("'%s'", text)
                    .isEqualTo(text.toString().matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}"));
        }
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
        state.forget(new FeedKey.OfTag(FEED, "restored"));
        state.apply(new Event.ScanCompleted(FEED, scan, 1, 1, 0, ""), longAgo);
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
}

package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.watcher.domain.TagCheck.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an owner writes, after whom, and what it takes for an answer that was given already. */
class OwnersWritesTest extends OneFeedWorker {

    /** A notification is read again after a restart: what it told of was found before. */
    @Test
    void aClaimThatWasWorkedBeforeARestartAsksForNoScan() {
        Scan before = new Scan("before", NOW);
        state.apply(new Event.TagDiscovered(FEED, "2.0", DIGEST, before, Scope.TAG, NOW.plusMillis(5)), NOW);
        state.apply(new Event.TagDiscovered(FEED, "1.0", DIGEST, before, Scope.TAG, NOW.minusSeconds(60)), NOW);
        registry.digests.putAll(Map.of("2.0", DIGEST, "1.0", DIGEST));
        assertThat(resolve("2.0", Purpose.CLAIMED, worker.nextScan(), true))
                .isEqualTo(new FeedWorker.Checked.Done(true));
        assertThat(resolve("1.0", Purpose.CLAIMED)).isEqualTo(new FeedWorker.Checked.Done(false));
    }

    /** It was told of before the list was read that brought it: no clock says so. */
    @Test
    void aClaimOfATagThatAScanFoundMeanwhileAsksForNoScan() {
        registry.pages = List.of(List.of("1.0"), List.of());
        scan();
        long before = worker.nextScan();
        registry.pages = List.of(List.of("1.0"), List.of("2.0"));
        worker.scan(WATCHED, Urgency.ROUTINE, null, () -> {});
        registry.digests.put("2.0", DIGEST);
        assertThat(resolve("2.0", Purpose.CLAIMED, before, false)).isEqualTo(new FeedWorker.Checked.Done(true));
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
        registry.pages = List.of(List.of("0.9", "1.0"));
        scan();
        written();
        worker.restate(new LateWrites(Set.of("0.9", "1.0", "2.0", "3.0"), Set.of(), false, false, true, true));
        assertThat(written()).containsExactlyInAnyOrder("+0.9!", "-2.0", "scanned 2");
        // of these there is nothing beyond the base
        assertThat(forgotten).containsExactlyInAnyOrder("1.0", "3.0");
        // how scans went is said by the next one, whether it finds something or not
        assertThat(state.isContested()).isTrue();
        scan();
        assertThat(written()).containsExactly("completed 2 +0 -0", "scanned 2");
        worker.restate(new LateWrites(Set.of(), Set.of(), false, true, true, false));
        assertThat(written()).containsExactlyInAnyOrder("scanned 2", "+0.9!", "-2.0");
        registry.failure = new Registry.Failed(ScanFailure.UNREACHABLE, "gone", null);
        scan();
        written();
        worker.restate(new LateWrites(Set.of(), Set.of(), false, false, true, false));
        written();
        scan();
        assertThat(written()).containsExactly("failed UNREACHABLE");
        scan();
        assertThat(written()).isEmpty();
    }

    /** Nobody else says of the failure that an earlier owner has written under its key. */
    @Test
    void whatNothingIsKnownOfIsForgotten() {
        worker.restate(new LateWrites(Set.of(), Set.of(), false, false, true, true));
        assertThat(forgotten).containsExactly(FEED.text(), FEED.text(), ":failed");
    }

    /** Between two pages one tag costs a fault: when the list ends well, so has the scan. */
    @Test
    void aFaultDuringAScanIsOverWithIt() {
        registry.pages = List.of(List.of("1.0"), List.of());
        worker.scan(
                WATCHED,
                Urgency.ROUTINE,
                null,
                () -> worker.faulted(WATCHED, Urgency.ROUTINE, "what nobody thought of", NOW));
        List<FeedEvent> history =
                log.stream().map(envelope -> (FeedEvent) envelope.event()).toList();
        assertThat(written()).containsExactly("failed UNREADABLE_ANSWER", "SCAN 1/1 1.0", "scanned 1");
        FeedState loaded = new FeedState();
        history.forEach(event -> loaded.apply(event, NOW));
        history.reversed().forEach(event -> loaded.apply(event, NOW));
        assertThat(loaded.failure()).isNull();
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
}

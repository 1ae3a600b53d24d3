package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FeedStateTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");

    private final FeedState state = new FeedState();

    private void scanned(Instant at) {
        state.apply(new Event.FeedScanned(FEED, new Scan("s", at), 1, "", at.plusSeconds(3600)), at);
    }

    /** A webhook was settled by a scan that failed: its next try must not wait for the interval after a restart. */
    @Test
    void afterAFailureTheNextTryCounts() {
        Scan failed = new Scan("f", NOW);
        state.apply(new ScanFailed(FEED, failed, Event.ScanFailure.RATE_LIMITED, "busy", NOW.plusSeconds(30)), NOW);
        // The topics are read one after the other: this scan was before.
        scanned(NOW.minusSeconds(60));
        assertThat(state.nextDue()).isEqualTo(NOW.plusSeconds(30));
        state.apply(new Event.ScanCompleted(FEED, new Scan("s", NOW), 1, 0, 0, ""), NOW.plusSeconds(31));
        scanned(NOW.plusSeconds(31));
        assertThat(state.nextDue()).isEqualTo(NOW.plusSeconds(31 + 3600));
    }

    /** The one is read from the tags, the other from beside the schedule: neither clears what came behind it. */
    @Test
    void aFailureIsOverWithANewerScanWhicheverIsReadFirst() {
        Scan one = new Scan("1", NOW, 9L, 1L);
        Scan two = new Scan("2", NOW, 9L, 2L);
        Scan three = new Scan("3", NOW, 9L, 3L);
        ScanFailed failed = new ScanFailed(FEED, two, Event.ScanFailure.RATE_LIMITED, "busy", NOW.plusSeconds(30));
        state.apply(failed, NOW);
        state.apply(new Event.FeedScanned(FEED, one, 1, "", NOW, 9L), NOW);
        assertThat(state.failure()).isEqualTo(new FeedState.Failure(Event.ScanFailure.RATE_LIMITED, "busy"));
        assertThat(state.nextDue()).isEqualTo(NOW.plusSeconds(30));
        state.apply(new Event.FeedScanned(FEED, three, 1, "", NOW, 9L), NOW);
        assertThat(state.failure()).isNull();
        state.apply(failed, NOW);
        assertThat(state.failure()).isNull();
    }

    /** The topics are read one after the other: what an earlier owner said of its scans is not newer than this one. */
    @Test
    void anEarlierOwnersScheduleDoesNotReplaceALaterScan() {
        Scan later = new Scan("later", NOW, 9L, 1L);
        state.apply(new Event.ScanCompleted(FEED, later, 1, 0, 0, ""), NOW);
        Scan earlier = new Scan("earlier", NOW.plusSeconds(120), 3L, 7L);
        state.apply(new Event.FeedScanned(FEED, earlier, 1, "", NOW.plusSeconds(7200), 3L), NOW);
        assertThat(state.lastScan()).isEqualTo(later);
        assertThat(state.nextDue()).isNull();
    }
}

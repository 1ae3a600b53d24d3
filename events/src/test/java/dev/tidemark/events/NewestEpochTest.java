package dev.tidemark.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** D1: whose word counts, and which scan is newer, by the log alone. */
class NewestEpochTest {

    private final NewestEpoch owners = new NewestEpoch();

    private static Scan scan(long epoch, long number, Instant startedAt) {
        return new Scan("s", startedAt, epoch, number);
    }

    @Test
    void withoutAClaimTheLogsOrderIsAllThereIs() {
        assertThat(owners.admits(ScanOrder.NO_EPOCH, 0)).isTrue();
        assertThat(owners.admits(ScanOrder.NO_EPOCH, 1)).isTrue();
    }

    @Test
    void whatAnEarlierOwnerWritesBehindAClaimHasNoEffect() {
        owners.claimed(3);
        assertThat(owners.admits(3, 4)).isTrue();
        owners.claimed(5);
        assertThat(owners.admits(3, 6)).isFalse();
        assertThat(owners.admits(ScanOrder.NO_EPOCH, 7)).isFalse();
        assertThat(owners.admits(5, 8)).isTrue();
    }

    /** The claim may have left the log with the compaction. */
    @Test
    void aRecordOfALaterOwnerSpeaksForItsClaim() {
        assertThat(owners.admits(5, 8)).isTrue();
        assertThat(owners.admits(3, 9)).isFalse();
    }

    @Test
    void anEpochThatNobodyCanHaveClaimedIsNobodys() {
        assertThat(owners.admits(Long.MAX_VALUE, 9)).isFalse();
        assertThat(owners.admits(3, 10)).isTrue();
    }

    @Test
    void aPartitionThatWasMadeAnewBeginsAnew() {
        owners.claimed(5_000);
        owners.claimed(0);
        assertThat(owners.admits(0, 1)).isTrue();
    }

    @Test
    void noClockSaysWhichScanIsNewer() {
        Scan ahead = scan(3, 7, Instant.parse("2031-01-01T00:00:00Z"));
        Scan later = scan(9, 1, Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(ahead.order().precedes(later.order())).isTrue();
        assertThat(scan(3, 8, Instant.EPOCH).order().precedes(ahead.order())).isFalse();
        assertThat(new Scan("old", Instant.MAX)
                        .order()
                        .precedes(scan(0, 0, Instant.MIN).order()))
                .isTrue();
    }
}

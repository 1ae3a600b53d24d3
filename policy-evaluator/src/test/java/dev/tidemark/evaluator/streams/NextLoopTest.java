package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextLoopTest {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private long now = 11;
    private final NextLoop next = new NextLoop(() -> now);

    private Duration wait(boolean restoring) {
        return next.wait(LONGEST, restoring);
    }

    @Test
    void atRestAPollWaitsAsLongAsItMay() {
        assertThat(wait(false)).isEqualTo(LONGEST);
    }

    @Test
    void theFirstThatIsDueEndsTheWait() {
        next.set("0", Duration.ofMillis(300));
        next.set("1", Duration.ofMillis(5));

        assertThat(wait(false)).isEqualTo(Duration.ofMillis(5));

        next.set("1", null);
        now += Duration.ofMillis(100).toNanos();
        assertThat(wait(false)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whatIsDueIsServedAtOnceAndDoesNotKeepTheThreadBusy() {
        next.set("0", Duration.ofMillis(5));
        now += Duration.ofMillis(6).toNanos();

        assertThat(wait(false)).isEqualTo(Duration.ofMillis(1));
        assertThat(wait(false)).isEqualTo(LONGEST);
    }

    @Test
    void theEndOfARestoreIsNoticedSoon() {
        assertThat(wait(true)).isEqualTo(NextLoop.WHILE_RESTORING);
        assertThat(next.wait(Duration.ZERO, true)).isZero();
    }

    @Test
    void stateThatIsWaitedForIsLookedAfterSoon() {
        assertThat(next.restoreWait(LONGEST)).isEqualTo(NextLoop.WHILE_RESTORING);

        next.running(true);
        assertThat(next.restoreWait(LONGEST)).isEqualTo(LONGEST);

        next.running(false);
        assertThat(next.restoreWait(LONGEST)).isEqualTo(NextLoop.WHILE_RESTORING);
        assertThat(next.restoreWait(Duration.ZERO)).isZero();
    }

    @Test
    void atTheEndNoPollWaitsAndOneThatDoesReturns() {
        List<String> ended = new ArrayList<>();
        next.endsBy(() -> ended.add("poll"));

        next.end();

        assertThat(ended).containsExactly("poll");
        assertThat(next.wait(Duration.ofSeconds(5), false)).isZero();
    }
}

package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private long now = 7;
    private int commits;
    private final CommitPace pace = new CommitPace(() -> commits++, () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
        pace.look();
    }

    @Test
    void aSingleDecisionIsCommittedAtOnce() {
        pace.wrote();
        pace.look();

        assertThat(commits).isOne();
    }

    @Test
    void inputWithoutADecisionIsNot() {
        pass(CommitPace.LEAST_GAP);

        assertThat(commits).isZero();
    }

    @Test
    void decisionsOnTheHeelsOfOthersAreCommittedTogether() {
        pace.wrote();
        pace.look();
        for (int i = 0; i < 3; i++) {
            pace.wrote();
            pass(Duration.ofMillis(1));
        }
        assertThat(commits).isOne();

        pass(Duration.ofMillis(3));
        pass(CommitPace.LEAST_GAP);
        assertThat(commits).isEqualTo(2);
    }

    @Test
    void aSlowCommitIsFollowedByThreeTimesAsMuchWork() {
        Duration slow = Duration.ofMillis(80);
        pace.wrote();
        pace.look();
        pass(slow);

        pace.wrote();
        pass(slow.multipliedBy(3).minusMillis(1));
        assertThat(commits).isOne();

        pass(Duration.ofMillis(1));
        assertThat(commits).isEqualTo(2);
    }

    @Test
    void noDecisionWaitsLongForOthers() {
        pace.wrote();
        pace.look();
        pass(Duration.ofSeconds(5));

        pace.wrote();
        pass(CommitPace.MOST_GAP);

        assertThat(commits).isEqualTo(2);
    }
}

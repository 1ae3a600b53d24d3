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
        pace.check();
    }

    @Test
    void aSingleDecisionIsCommittedAtOnce() {
        pace.wrote();
        pace.check();

        assertThat(commits).isOne();
    }

    @Test
    void inputWithoutADecisionIsNot() {
        pass(CommitPace.MOST_OWED);

        assertThat(commits).isZero();
    }

    @Test
    void aFewDecisionsInARowAreCommittedAtOnceEach() {
        for (int i = 0; i < 3; i++) {
            commitTaking(Duration.ofMillis(8));
        }

        assertThat(commits).isEqualTo(3);
    }

    @Test
    void underLoadAQuarterOfTheTimeGoesIntoCommits() {
        Duration each = Duration.ofMillis(8);
        Duration work = Duration.ofMillis(1);
        for (long from = now; now - from < Duration.ofSeconds(10).toNanos(); ) {
            int before = commits;
            pace.wrote();
            pass(work);
            if (commits > before) {
                pass(each);
            }
        }

        long seconds = Duration.ofSeconds(10).toMillis();
        assertThat(commits * each.toMillis()).isBetween(seconds / 5, seconds / 4 + CommitPace.CREDIT.toMillis());
    }

    @Test
    void noDecisionWaitsLongForOthers() {
        commitTaking(Duration.ofSeconds(5));

        pace.wrote();
        pass(CommitPace.MOST_OWED.minus(CommitPace.CREDIT));

        assertThat(commits).isEqualTo(2);
    }

    private void commitTaking(Duration time) {
        pace.wrote();
        pace.check();
        pass(time);
    }
}

package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.oci.HostBudget.Permit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HostBudgetTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();
    private final HostBudget budget = new HostBudget(new TokenBucket(1, 4, now::get), now::get);

    private Permit take(String repository) {
        return budget.take(repository, Urgency.AWAITED);
    }

    @Test
    void theRepositoryThatWasRefusedWaitsAndNobodyElse() {
        budget.refused("o/a", HALF_A_MINUTE);
        assertThat(take("o/a")).isEqualTo(new Permit.Refused(HALF_A_MINUTE, false));
        assertThat(take("o/b")).isEqualTo(new Permit.Go());
        now.addAndGet(HALF_A_MINUTE.toNanos());
        assertThat(take("o/a")).isEqualTo(new Permit.Go());
    }

    @Test
    void aSecondRefusalMeanwhileIsTheWholeHosts() {
        budget.refused("o/a", HALF_A_MINUTE);
        budget.refused("o/a", HALF_A_MINUTE);
        assertThat(take("o/c")).isEqualTo(new Permit.Go());
        budget.refused("o/b", Duration.ofSeconds(10));
        assertThat(take("o/c")).isEqualTo(new Permit.Refused(Duration.ofSeconds(10), true));
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(take("o/c")).isEqualTo(new Permit.Go());
    }

    @Test
    void ourOwnLimitIsAnotherThing() {
        for (int i = 0; i < 4; i++) {
            assertThat(take("o/a")).isEqualTo(new Permit.Go());
        }
        assertThat(take("o/a")).isEqualTo(new Permit.Wait(Duration.ofSeconds(1)));
    }

    /** One that is as good as new is forgotten: hosts and credentials come and go (faults F10). */
    @Test
    void isIdleWhenItSaysWhatANewOneWould() {
        assertThat(budget.isIdle()).isFalse();
        assertThat(take("o/a")).isEqualTo(new Permit.Go());
        budget.refused("o/a", Duration.ofMinutes(20));
        now.addAndGet(Duration.ofMinutes(15).toNanos());
        assertThat(budget.isIdle()).isFalse();
        now.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(budget.isIdle()).isTrue();
        assertThat(take("o/a")).isEqualTo(new Permit.Go());
        assertThat(budget.isIdle()).isFalse();
    }
}

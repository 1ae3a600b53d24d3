package dev.tidemark.renderer.app;

import dev.tidemark.renderer.domain.reconcile.Pass;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a resource gets its next pass (flux-gitless 1.12, 2.12). Belongs to one lane. */
final class Pace {

    private final Duration min;
    private final Duration max;
    private final int jitterPercentage;
    private final RandomGenerator random;
    private int failures;

    Pace(Duration min, Duration max, int jitterPercentage, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.jitterPercentage = jitterPercentage;
        this.random = random;
    }

    /** What one more failure would lead to. */
    Duration backoff() {
        Duration wait = min;
        for (int i = 0; i < failures && wait.compareTo(max) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(max) < 0 ? wait : max;
    }

    /** @param interval zero for none */
    @Nullable
    Duration after(Pass pass, Duration interval) {
        if (pass == Pass.RETRY) {
            Duration wait = backoff();
            failures++;
            return wait;
        }
        failures = 0;
        return pass != Pass.DONE || interval.isZero() ? null : jittered(interval);
    }

    private Duration jittered(Duration interval) {
        long span = interval.toMillis() / 100 * jitterPercentage;
        return span <= 0 ? interval : interval.plusMillis(random.nextLong(-span, span + 1));
    }
}

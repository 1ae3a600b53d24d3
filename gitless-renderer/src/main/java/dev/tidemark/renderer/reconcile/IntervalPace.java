package dev.tidemark.renderer.reconcile;

import dev.tidemark.runtime.reconcile.ReconcileResult;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a resource that is as wanted is looked at again (flux-gitless 1.12, 2.12).
 *
 * @param jitterPercentage the interval varies by, so that resources of one age do not all run at once
 */
public record IntervalPace(int jitterPercentage, RandomGenerator random) {

    /** @param interval zero for none */
    ReconcileResult after(Duration interval) {
        return interval.isZero() ? new ReconcileResult.AwaitChange() : new ReconcileResult.Done(jittered(interval));
    }

    private Duration jittered(Duration interval) {
        long span = interval.toMillis() / 100 * jitterPercentage;
        return span <= 0 ? interval : interval.plusMillis(random.nextLong(-span, span + 1));
    }
}

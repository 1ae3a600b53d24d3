package dev.tidemark.watcher.reconcile;

import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.watcher.domain.RetryDelay;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Our own back-off, and the registry's where that is longer. */
public record RegistryBackoff(Backoff own) implements RetryDelay {

    /** @param jitter so that images that failed together do not come back together */
    public static RegistryBackoff of(double jitter, RandomGenerator random) {
        return new RegistryBackoff(new Backoff(FIRST, LONGEST, jitter, random));
    }

    @Override
    public Duration after(int failures, @Nullable Duration retryAfter) {
        Duration mine = own.after(failures);
        Duration asked = retryAfter == null || retryAfter.compareTo(LONGEST) < 0 ? retryAfter : LONGEST;
        return asked != null && asked.compareTo(mine) > 0 ? asked : mine;
    }
}

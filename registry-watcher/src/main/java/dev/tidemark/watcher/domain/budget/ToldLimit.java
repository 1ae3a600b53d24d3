package dev.tidemark.watcher.domain.budget;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A host's own limit, as its answers tell it.
 *
 * @param limit requests in a window; 0 where it is not told
 * @param remaining of them
 * @param resetIn until all of them are there again; null where that is not told
 * @param window how long one is; null where it is not told
 */
public record ToldLimit(
        long limit,
        long remaining,
        @Nullable Duration resetIn,
        @Nullable Duration window) {}

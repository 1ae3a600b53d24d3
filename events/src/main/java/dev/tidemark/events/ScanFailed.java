package dev.tidemark.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A scan failed for a new reason; known tags stay. In force until a {@code FeedScanned} names a newer scan.
 *
 * <p>Written beside {@code FeedScanned}, so that nobody reads all tags to learn of it; older watchers wrote it among the
 * tags, under the feed's own key.
 */
public record ScanFailed(
        Feed feed,
        Scan scan,
        Event.ScanFailure reason,
        String message,
        @Nullable Instant nextTry) implements FeedEvent {

    /** Whether a good scan is its end: a newer one, or this very one, where only a single tag failed meanwhile. */
    public boolean isOver(Scan good) {
        return good.order().isSurelyFrom(scan.order());
    }
}

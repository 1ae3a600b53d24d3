package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.Urgency;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One piece of work on a feed. */
sealed interface FeedWork {

    /** Equal checks, with who waits for them and how often it was tried. */
    record Resolve(TagCheck check, List<Consumer<TagCheck.Ended>> waiters, int tries, Instant notBefore)
            implements FeedWork {

        FeedWork.Resolve after(int tried, Instant time) {
            return new FeedWork.Resolve(check, waiters, tried, time);
        }
    }

    /** The whole list. */
    record FullScan(Urgency urgency, @Nullable Envelope<?> cause, List<Runnable> waiters) implements FeedWork {}

    /** The status, for what changed since the last scan. */
    record Report() implements FeedWork {}
}

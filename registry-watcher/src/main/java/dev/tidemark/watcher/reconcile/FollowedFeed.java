package dev.tidemark.watcher.reconcile;

import dev.tidemark.watcher.domain.ReadBack;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What an owner has read of its own words on one feed. For any thread. */
final class FollowedFeed implements ReadBack {

    private final LongSupplier through;
    private volatile @Nullable String newest;

    /** @param through the offset up to which the partition was read, at any time */
    FollowedFeed(LongSupplier through) {
        this.through = through;
    }

    @Override
    public long through() {
        return through.getAsLong();
    }

    @Override
    public @Nullable String newest() {
        return newest;
    }

    /** After the offset of the event counts as read. */
    void read(String id) {
        newest = id;
    }
}

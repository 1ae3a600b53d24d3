package dev.tidemark.watcher.domain;

import org.jspecify.annotations.Nullable;

/** How far an owner has read the tags' topic, its own words included. For any thread. */
public interface ReadBack {

    /** The offset up to which the partition was read. */
    long through();

    /** The newest event of the feed by this owner that was read, by its id; null before the first. */
    @Nullable
    String newest();
}

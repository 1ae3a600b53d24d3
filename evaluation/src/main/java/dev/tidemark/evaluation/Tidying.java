package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.FeedState;
import dev.tidemark.events.Feed;
import java.util.TreeSet;

/**
 * Forgets, a slice at a time, what a base in force says too. Nothing depends on when that happens: it only costs memory.
 */
final class Tidying {

    private final TagStore store;
    private final int slice;
    private final TreeSet<Feed> untidy = new TreeSet<>();

    Tidying(TagStore store, int slice) {
        this.store = store;
        this.slice = slice;
        untidy.addAll(store.feeds(state -> state.stock().tidied() != null));
    }

    /** A base has come into force, or the feed was forgotten: what is little is done at once. */
    void begin(Feed feed) {
        untidy.add(feed);
        next(feed);
    }

    boolean isBehind() {
        return !untidy.isEmpty();
    }

    /** Does the next slice, if there is one. */
    void next() {
        if (!untidy.isEmpty()) {
            next(untidy.first());
        }
    }

    private void next(Feed feed) {
        FeedState state = store.state(feed);
        String after = state.stock().tidied();
        String next = after == null ? null : store.tidy(feed, after, slice);
        FeedState tidied = state.with(state.stock().tidiedUpTo(next));
        store.save(feed, tidied);
        if (next == null) {
            untidy.remove(feed);
        }
        if (tidied.isForgotten()) {
            store.drop(feed);
        }
    }
}

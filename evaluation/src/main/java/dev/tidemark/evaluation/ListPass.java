package dev.tidemark.evaluation;

import dev.tidemark.events.Feed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A policy's way through its feed's list, a slice at a time: of what it has read it keeps the tags that can still matter. Lives
 * as long as its process; whoever comes after it begins again, which costs reads and nothing that was decided.
 */
final class ListPass {

    private final TagStore store;
    private final Feed feed;
    private final Function<List<String>, Kept> keep;
    private final LinkedHashSet<String> shortlist = new LinkedHashSet<>();
    private TagStore.@Nullable Cursor cursor = TagStore.Cursor.BEGIN;
    private Optional<String> best = Optional.empty();

    /**
     * What is kept of some tags.
     *
     * @param best for whose sake others were left out; empty where that does not depend on one
     */
    record Kept(Collection<String> tags, Optional<String> best) {}

    /** @param keep of some tags those that can matter, whatever else there is */
    ListPass(TagStore store, Feed feed, Function<List<String>, Kept> keep) {
        this.store = store;
        this.feed = feed;
        this.keep = keep;
    }

    /**
     * Reads on.
     *
     * @param limit so many tags, or some more
     * @return whether all is read
     */
    boolean read(int limit) {
        List<String> tags = new ArrayList<>(shortlist);
        for (int left = limit; cursor != null && left > 0; ) {
            TagStore.Listing some = store.listed(feed, cursor, left);
            cursor = some.next();
            left -= Math.max(1, some.tags().size());
            tags.addAll(some.tags());
        }
        Kept kept = keep.apply(tags);
        best = kept.best();
        shortlist.clear();
        shortlist.addAll(kept.tags());
        return isDone();
    }

    boolean isDone() {
        return cursor == null;
    }

    /** What the whole list comes to is what these come to. */
    List<String> shortlist() {
        return List.copyOf(shortlist);
    }

    /** A tag has come, behind where it reads or before that. */
    void added(String tag) {
        shortlist.add(tag);
    }

    /** Whether something that was left out might matter now that this tag is not what it was. */
    boolean dependsOn(String tag) {
        return shortlist.contains(tag);
    }

    /** The tag for whose sake others were left out. */
    Optional<String> best() {
        return best;
    }
}

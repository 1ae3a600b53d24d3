package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.FeedState;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PendingTag;
import dev.tidemark.evaluation.table.Table;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What scans say of single tags, until they have ended and it was taken over. */
final class PendingTags {

    private final Table<PendingTag> table;
    private final Function<Feed, FeedState> states;

    /** What scans say of some tags, up to the last one that was read. */
    record Slice(Map<String, PendingTag> tags, String last, boolean isLast) {}

    PendingTags(Table<PendingTag> table, Function<Feed, FeedState> states) {
        this.table = table;
        this.states = states;
    }

    /** What the scan under way says of a tag. */
    void add(Feed feed, String tag, @Nullable KnownTag added) {
        table.put(Keys.tag(feed, tag), new PendingTag(added, states.apply(feed).ended() + 1));
    }

    /** A check of the tag itself knows better than a list that is still being read. */
    void forget(Feed feed, String tag) {
        table.delete(Keys.tag(feed, tag));
    }

    /** What a scan that has ended said of a tag, which is forgotten with this; empty where that was taken over. */
    Optional<PendingTag> take(Feed feed, String tag) {
        FeedState state = states.apply(feed);
        if (state.taking() == null) {
            return Optional.empty();
        }
        Optional<PendingTag> left =
                Optional.ofNullable(table.get(Keys.tag(feed, tag))).filter(one -> isOpen(one, state));
        left.ifPresent(one -> forget(feed, tag));
        return left;
    }

    /** The next of what scans that have ended said, which is forgotten with this. */
    Slice take(Feed feed, String after, int limit) {
        Map<String, PendingTag> tags = new LinkedHashMap<>();
        FeedState state = states.apply(feed);
        String prefix = Keys.tag(feed, "");
        List<String> seen = new ArrayList<>();
        List<String> overtaken = new ArrayList<>();
        table.forSome(prefix, after, limit, (key, tag) -> {
            seen.add(key);
            if (isOpen(tag, state)) {
                tags.put(key.substring(prefix.length()), tag);
            } else if (tag.scan() <= state.stock().overtaken()) {
                overtaken.add(key);
            }
        });
        tags.keySet().forEach(tag -> forget(feed, tag));
        overtaken.forEach(table::delete);
        String last = seen.isEmpty() ? after : seen.getLast().substring(prefix.length());
        return new Slice(tags, last, seen.size() < limit);
    }

    /** Whether a scan that has ended said it, and no base since has said it, too. */
    private static boolean isOpen(PendingTag tag, FeedState state) {
        return tag.scan() <= state.ended() && tag.scan() > state.stock().overtaken();
    }
}

package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Scan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tags that the log tells of, by feed. Keys of one feed stand together, so a feed is a range. */
final class TagBook {

    private final Table<KnownTag> tags;
    private final Table<PendingTag> pending;
    private final Table<FeedMemory> feeds;

    TagBook(Tables tables) {
        this.tags = tables.tags();
        this.pending = tables.pending();
        this.feeds = tables.feeds();
    }

    Optional<KnownTag> find(Feed feed, String tag) {
        return Optional.ofNullable(tags.get(Keys.tag(feed, tag)));
    }

    /** The tags of a feed's list; costs what the feed has. */
    List<String> listed(Feed feed) {
        List<String> found = new ArrayList<>();
        String prefix = Keys.tag(feed, "");
        tags.forEach(prefix, (key, known) -> {
            if (known.listed()) {
                found.add(key.substring(prefix.length()));
            }
        });
        return found;
    }

    /** Whether a full scan has ever completed: before that the list is half read and decides nothing. */
    boolean complete(Feed feed) {
        return memory(feed).complete();
    }

    /** Takes note of a scan. False for one older than the newest that was seen: its facts are ignored. */
    boolean isNews(Feed feed, Scan scan, boolean completed) {
        FeedMemory before = memory(feed);
        if (before.isStale(scan.startedAt())) {
            return false;
        }
        FeedMemory after = before.saw(scan.startedAt(), completed);
        if (!after.equals(before)) {
            feeds.put(feed.text(), after);
        }
        return true;
    }

    private FeedMemory memory(Feed feed) {
        FeedMemory memory = feeds.get(feed.text());
        return memory == null ? FeedMemory.UNSEEN : memory;
    }

    void put(Feed feed, String tag, KnownTag known) {
        tags.put(Keys.tag(feed, tag), known);
    }

    void delete(Feed feed, String tag) {
        tags.delete(Keys.tag(feed, tag));
    }

    void putOff(Feed feed, String tag, PendingTag difference) {
        pending.put(Keys.tag(feed, tag), difference);
    }

    /** A look at the tag itself knows better than a list that is still being read. */
    void forgetPending(Feed feed, String tag) {
        pending.delete(Keys.tag(feed, tag));
    }

    /** The difference that a completed scan has gathered, which is forgotten with this. */
    Map<String, PendingTag> takePending(Feed feed) {
        Map<String, PendingTag> difference = new LinkedHashMap<>();
        String prefix = Keys.tag(feed, "");
        pending.forEach(prefix, (key, tag) -> difference.put(key.substring(prefix.length()), tag));
        difference.keySet().forEach(tag -> forgetPending(feed, tag));
        return difference;
    }
}

package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.FeedState;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PendingTag;
import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tags that the log tells of, by feed. Keys of one feed stand together, so a feed is a range. */
final class TagStore {

    private final Table<KnownTag> tags;
    private final Table<PendingTag> pending;
    private final Table<FeedState> feeds;
    private final Table<Envelope<?>> wanted;
    private final Owners owners;

    /** The table once more: it is asked for every tag of every scan. */
    private final Map<Feed, FeedState> states = new HashMap<>();

    /** How many tags there are of a feed, once somebody asked. */
    private final Map<Feed, Integer> sizes = new HashMap<>();

    private long read;

    /** What a scan says of some tags, up to the last one that was read. */
    record Slice(Map<String, PendingTag> tags, String last, boolean isLast) {}

    TagStore(Tables tables) {
        this.tags = tables.tags();
        this.pending = tables.pending();
        this.feeds = tables.feeds();
        this.wanted = tables.wanted();
        this.owners = new Owners(tables.owners());
    }

    Optional<KnownTag> find(Feed feed, String tag) {
        return Optional.ofNullable(tags.get(Keys.tag(feed, tag)));
    }

    /** The check of the tag that is requested. */
    Optional<Envelope<TagCheckWanted>> wanted(Feed feed, String tag) {
        Envelope<?> request = wanted.get(Keys.tag(feed, tag));
        return request != null && request.event() instanceof TagCheckWanted asked
                ? Optional.of(new Envelope<>(
                        request.id(),
                        request.source(),
                        request.time(),
                        request.correlationid(),
                        request.causationid(),
                        request.traceparent(),
                        asked))
                : Optional.empty();
    }

    /** How many tags have been read for lists: what full passes cost. */
    long read() {
        return read;
    }

    /** How many tags the feed has. */
    int size(Feed feed) {
        Integer size = sizes.get(feed);
        if (size == null) {
            int[] counted = new int[1];
            tags.forEach(Keys.tag(feed, ""), (key, known) -> counted[0]++);
            size = counted[0];
            sizes.put(feed, size);
        }
        return size;
    }

    /** The tags of a feed's list; costs what the feed has. */
    List<String> listed(Feed feed) {
        List<String> found = new ArrayList<>();
        String prefix = Keys.tag(feed, "");
        tags.forEach(prefix, (key, known) -> {
            read++;
            if (known.listed()) {
                found.add(key.substring(prefix.length()));
            }
        });
        return found;
    }

    /** Whether a full scan has ever been taken over: before that the list is half read and decides nothing. */
    boolean complete(Feed feed) {
        return state(feed).complete();
    }

    /** The partition has a new owner, whose claim lies there. */
    void claimed(long offset) {
        owners.claimed(offset);
    }

    /**
     * Takes note of a scan. False for one of an earlier owner, and for one older than the newest that was seen: its facts
     * are ignored.
     *
     * @param offset of the record
     */
    boolean isNews(Feed feed, Scan scan, long offset) {
        ScanOrder order = scan.order();
        FeedState before = state(feed);
        if (!owners.admits(order.epoch(), offset) || before.isNewerThan(order, owners.newest())) {
            return false;
        }
        save(feed, before.saw(order));
        return true;
    }

    /** Whether an owner's word counts here. */
    boolean admits(long epoch, long offset) {
        return owners.admits(epoch, offset);
    }

    /** Nothing of the feed is known any more. */
    void forget(Feed feed) {
        states.remove(feed);
        sizes.remove(feed);
        feeds.delete(feed.text());
    }

    FeedState state(Feed feed) {
        return states.computeIfAbsent(feed, one -> {
            FeedState state = feeds.get(one.text());
            return state == null ? FeedState.UNSEEN : state;
        });
    }

    void save(Feed feed, FeedState state) {
        FeedState before = states.put(feed, state);
        if (!state.equals(before)) {
            feeds.put(feed.text(), state);
        }
    }

    /** The feeds whose list is being taken over. */
    Set<Feed> takingOver() {
        Set<Feed> found = new HashSet<>();
        feeds.forEach("", (feed, state) -> {
            if (state.taking() != null) {
                found.add(Feed.parse(feed));
            }
        });
        return found;
    }

    void put(Feed feed, String tag, KnownTag known) {
        String key = Keys.tag(feed, tag);
        if (sizes.containsKey(feed) && tags.get(key) == null) {
            sizes.merge(feed, 1, Integer::sum);
        }
        tags.put(key, known);
    }

    void delete(Feed feed, String tag) {
        if (tags.delete(Keys.tag(feed, tag)) != null) {
            sizes.computeIfPresent(feed, (one, size) -> size - 1);
        }
    }

    /** What the scan under way says of a tag. */
    void putOff(Feed feed, String tag, @Nullable KnownTag added) {
        pending.put(Keys.tag(feed, tag), new PendingTag(added, state(feed).ended() + 1));
    }

    /** A check of the tag itself knows better than a list that is still being read. */
    void forgetPending(Feed feed, String tag) {
        pending.delete(Keys.tag(feed, tag));
    }

    /** What a scan that has ended said of a tag, which is forgotten with this; empty where that was taken over. */
    Optional<PendingTag> takePending(Feed feed, String tag) {
        FeedState state = state(feed);
        if (state.taking() == null) {
            return Optional.empty();
        }
        Optional<PendingTag> left =
                Optional.ofNullable(pending.get(Keys.tag(feed, tag))).filter(one -> one.scan() <= state.ended());
        left.ifPresent(one -> forgetPending(feed, tag));
        return left;
    }

    /** The next of what scans that have ended said, which is forgotten with this. */
    Slice takePending(Feed feed, String after, int limit) {
        Map<String, PendingTag> tags = new LinkedHashMap<>();
        int ended = state(feed).ended();
        String prefix = Keys.tag(feed, "");
        List<String> seen = new ArrayList<>();
        pending.forSome(prefix, after, limit, (key, tag) -> {
            seen.add(key);
            if (tag.scan() <= ended) {
                tags.put(key.substring(prefix.length()), tag);
            }
        });
        tags.keySet().forEach(tag -> forgetPending(feed, tag));
        String last = seen.isEmpty() ? after : seen.getLast().substring(prefix.length());
        return new Slice(tags, last, seen.size() < limit);
    }
}

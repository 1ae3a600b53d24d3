package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.NewestEpoch;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import dev.tidemark.runtime.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a partition of {@code tag-discovered} says, as its contract words it: the base in force, the news behind what that
 * has taken in on top. Reads all of it at once, so that nothing here can be in a state.
 */
final class LogReading {

    /** What is known of a tag. */
    record Word(@Nullable String digest, @Nullable Instant firstSeen) {}

    /** @param there null: nothing beyond the base */
    private record News(long offset, @Nullable Boolean there, Word word) {}

    private static final Word NOTHING = new Word(null, null);

    private final Map<Feed, NavigableMap<ScanOrder, Map<Integer, TagsListed>>> pages = new HashMap<>();
    private final Map<Feed, Map<String, List<News>>> news = new HashMap<>();
    private final Map<Feed, Set<FeedKey>> keys = new HashMap<>();
    private final Map<Feed, ScanOrder> scans = new HashMap<>();
    private final NewestEpoch owners = new NewestEpoch();

    private LogReading() {}

    /** The tags of each feed that the records of one partition speak of. */
    static Map<Feed, Map<String, Word>> of(List<LogRecord> partition) {
        LogReading reading = new LogReading();
        partition.forEach(reading::take);
        Map<Feed, Map<String, Word>> sets = new HashMap<>();
        reading.scans.keySet().forEach(feed -> sets.put(feed, reading.set(feed)));
        return sets;
    }

    private void take(LogRecord record) {
        Event event = record.envelope() == null ? null : record.envelope().event();
        if (event instanceof Event.PartitionClaimed) {
            owners.claimed(record.offset());
        } else if (owners.admits(record.ownerEpoch(), record.offset())) {
            FeedKey.parse(record.key()).ifPresent(key -> {
                if (event instanceof FeedEvent fact) {
                    taken(key, fact, record.offset());
                } else {
                    gone(key, record.offset());
                }
            });
        }
    }

    private void taken(FeedKey key, FeedEvent fact, long offset) {
        Feed feed = key.feed();
        if (fact.scan().order().precedes(scans.getOrDefault(feed, ScanOrder.UNCLAIMED))) {
            return;
        }
        scans.put(feed, fact.scan().order());
        keys.computeIfAbsent(feed, one -> new HashSet<>()).add(key);
        switch (fact) {
            case Event.TagDiscovered e -> news(feed, e.tag(), offset, true, new Word(e.digest(), e.firstSeen()));
            case Event.TagRemoved e -> news(feed, e.tag(), offset, false, NOTHING);
            case TagsChanged e -> {
                e.added().forEach(tag -> news(feed, tag, offset, true, new Word(null, e.firstSeen())));
                e.removed().forEach(tag -> news(feed, tag, offset, false, NOTHING));
            }
            case TagsListed e ->
                pages.computeIfAbsent(feed, one -> new TreeMap<>())
                        .computeIfAbsent(e.generation(), one -> new HashMap<>())
                        .put(e.page(), e);
            default -> {}
        }
    }

    private void gone(FeedKey key, long offset) {
        Set<FeedKey> live = keys.computeIfAbsent(key.feed(), one -> new HashSet<>());
        live.remove(key);
        switch (key) {
            case FeedKey.OfTag(Feed feed, String tag) -> news(feed, tag, offset, null, NOTHING);
            case FeedKey.OfPage page -> {}
            case FeedKey.OfNews page -> {}
            case FeedKey.Whole(Feed feed) -> {
                if (live.isEmpty()) {
                    pages.remove(feed);
                    news.remove(feed);
                }
            }
        }
    }

    private void news(Feed feed, String tag, long offset, @Nullable Boolean there, Word word) {
        news.computeIfAbsent(feed, one -> new HashMap<>())
                .computeIfAbsent(tag, one -> new ArrayList<>())
                .add(new News(offset, there, word));
    }

    private Map<String, Word> set(Feed feed) {
        Map<String, Word> set = new TreeMap<>();
        long through = -1;
        for (Map<Integer, TagsListed> base :
                pages.getOrDefault(feed, new TreeMap<>()).descendingMap().values()) {
            TagsListed any = base.values().iterator().next();
            if (base.size() == any.pages()) {
                through = any.through();
                base.values().forEach(page -> page.tags()
                        .forEach(tag -> set.put(
                                tag, new Word(page.digest(tag), page.firstSeen().get(tag)))));
                break;
            }
        }
        for (Map.Entry<String, List<News>> of :
                news.getOrDefault(feed, Map.of()).entrySet()) {
            News newest = of.getValue().getLast();
            if (newest.offset() > through && newest.there() != null) {
                if (Objects.requireNonNull(newest.there())) {
                    set.put(of.getKey(), newest.word());
                } else {
                    set.remove(of.getKey());
                }
            }
        }
        return set;
    }
}

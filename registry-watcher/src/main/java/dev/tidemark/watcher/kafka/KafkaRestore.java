package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.LogSettings;
import dev.tidemark.events.kafka.PartitionReader;
import dev.tidemark.watcher.domain.FeedLanes;
import dev.tidemark.watcher.domain.FeedMemory;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Restores what is known of feeds: their tags from {@code tag-discovered}, their last scans from {@code feed-scanned}. */
public final class KafkaRestore implements FeedLanes.Restore {

    private final PartitionReader reader;

    public KafkaRestore(LogSettings log) {
        this.reader = new PartitionReader(log, "registry-watcher-restore");
    }

    @Override
    public Map<Feed, FeedMemory> read(Collection<Integer> partitions) {
        Map<Feed, FeedMemory> memories = new HashMap<>();
        reader.read(Topic.TAG_DISCOVERED, partitions, (key, envelope) -> take(memories, key, envelope));
        reader.read(Topic.FEED_SCANNED, partitions, (key, envelope) -> take(memories, key, envelope));
        return memories;
    }

    private static void take(Map<Feed, FeedMemory> memories, @Nullable String key, @Nullable Envelope<?> envelope) {
        if (envelope == null) {
            forget(memories, key);
            return;
        }
        Feed feed =
                switch (envelope.event()) {
                    case Event.TagDiscovered e -> e.feed();
                    case Event.TagRemoved e -> e.feed();
                    case Event.ScanCompleted e -> e.feed();
                    case Event.ScanFailed e -> e.feed();
                    case Event.FeedScanned e -> e.feed();
                    default -> null;
                };
        if (feed != null) {
            memories.computeIfAbsent(feed, f -> new FeedMemory()).apply(envelope.event(), envelope.time());
        }
    }

    /** A tombstone's key is {@code feed|tag} or a feed. */
    private static void forget(Map<Feed, FeedMemory> memories, @Nullable String key) {
        int bar = key == null ? -1 : key.indexOf('|');
        if (key == null || bar < 0 || key.indexOf('#') < 0) {
            return;
        }
        FeedMemory memory = memories.get(Feed.parse(key.substring(0, bar)));
        if (memory != null) {
            memory.forget(key.substring(bar + 1));
        }
    }
}

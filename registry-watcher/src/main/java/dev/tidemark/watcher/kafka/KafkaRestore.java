package dev.tidemark.watcher.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.watcher.domain.FeedLanes;
import dev.tidemark.watcher.domain.FeedMemory;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restores what is known of feeds: their tags from {@code tag-discovered}, their last scans from {@code feed-scanned}. A
 * record that cannot be, whoever wrote it, is left out and named: what it said about is found anew by the next scan.
 */
public final class KafkaRestore implements FeedLanes.Restore {

    private static final System.Logger LOG = System.getLogger(KafkaRestore.class.getName());

    /** Of what is named in the log; a key is an image, a profile and a tag. */
    private static final int MAX_NAMED = 300;

    private final TopicScan reader;

    public KafkaRestore(LogClients log) {
        this.reader = new TopicScan(log, "registry-watcher-restore");
    }

    @Override
    public Map<Feed, FeedMemory> read(Collection<Integer> partitions) {
        Map<Feed, FeedMemory> memories = new HashMap<>();
        for (Topic topic : List.of(Topic.TAG_DISCOVERED, Topic.FEED_SCANNED)) {
            reader.read(topic, partitions, (key, envelope) -> takeOrName(memories, topic, key, envelope));
        }
        return memories;
    }

    static void takeOrName(
            Map<Feed, FeedMemory> memories, Topic topic, @Nullable String key, @Nullable Envelope<?> envelope) {
        try {
            take(memories, key, envelope);
        } catch (RuntimeException poison) {
            LOG.log(
                    Level.WARNING,
                    "a record of " + topic.topicName() + " with key " + printable(key) + " is left out: "
                            + printable(poison.getMessage()));
        }
    }

    private static String printable(@Nullable String outside) {
        String text = String.valueOf(outside).replaceAll("[^\\p{Print}]", "?");
        return text.length() > MAX_NAMED ? text.substring(0, MAX_NAMED) + "…" : text;
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

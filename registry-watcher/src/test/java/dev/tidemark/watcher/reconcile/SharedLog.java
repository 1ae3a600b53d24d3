package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Feed;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.partition.LogRecord;
import dev.tidemark.runtime.simulation.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What watchers write, as a broker would keep it: record by record, also of a batch that breaks off. */
final class SharedLog {

    private final World world;
    private final int partitions;
    private final List<Written> records = new ArrayList<>();
    private boolean away;

    /** @param by which replica wrote it */
    record Written(
            String by, Topic topic, String key, @Nullable Envelope<?> envelope) {}

    SharedLog(World world, int partitions) {
        this.world = world;
        this.partitions = partitions;
    }

    void setAway(boolean away) {
        this.away = away;
    }

    /** Somebody else writes into our topics. */
    void add(Topic topic, String key, @Nullable Envelope<?> envelope) {
        records.add(new Written("somebody", topic, key, envelope));
    }

    List<Written> records() {
        return List.copyOf(records);
    }

    Stream<Event> events() {
        return records.stream()
                .filter(record -> record.envelope() != null)
                .map(record -> Objects.requireNonNull(record.envelope()).event());
    }

    List<String> discovered() {
        return events().filter(Event.TagDiscovered.class::isInstance)
                .map(event -> ((Event.TagDiscovered) event).tag())
                .toList();
    }

    /** The tags of each feed as a reader takes them, who ignores scans older than the newest that it has seen. */
    Map<Feed, Set<String>> taken() {
        Map<Feed, Instant> newest = new HashMap<>();
        Map<Feed, Set<String>> tags = new HashMap<>();
        events().forEach(event -> {
            switch (event) {
                case Event.TagDiscovered e -> {
                    if (isNews(newest, e.feed(), e.scan())) {
                        tags.computeIfAbsent(e.feed(), feed -> new HashSet<>()).add(e.tag());
                    }
                }
                case Event.TagRemoved e -> {
                    if (isNews(newest, e.feed(), e.scan())) {
                        tags.getOrDefault(e.feed(), new HashSet<>()).remove(e.tag());
                    }
                }
                case Event.ScanCompleted e -> {
                    boolean unused = isNews(newest, e.feed(), e.scan());
                }
                default -> {}
            }
        });
        return tags;
    }

    private static boolean isNews(Map<Feed, Instant> newest, Feed feed, Scan scan) {
        Instant before = newest.getOrDefault(feed, Instant.MIN);
        if (scan.startedAt().isBefore(before)) {
            return false;
        }
        newest.put(feed, scan.startedAt());
        return true;
    }

    EventPublisher writer(String name, World.Replica process) {
        return publications -> publications.forEach(publication -> {
            world.pause();
            if (away) {
                throw new LogUnavailableException("the broker does not answer", new IllegalStateException());
            }
            if (!process.isKilled()) {
                records.add(
                        switch (publication) {
                            case Publication.Fact(Envelope<?> envelope) ->
                                new Written(name, envelope.type().topic(), envelope.key(), envelope);
                            case Publication.Tombstone gone -> new Written(name, gone.topic(), gone.key(), null);
                        });
            }
        });
    }

    void load(Set<Integer> numbers, Consumer<LogRecord> sink) {
        world.pause();
        if (away) {
            throw new IllegalStateException("the log cannot be read");
        }
        for (Topic topic : List.of(Topic.TAG_DISCOVERED, Topic.FEED_SCANNED)) {
            for (int offset = 0; offset < records.size(); offset++) {
                Written record = records.get(offset);
                int partition = Partitioning.partition(topic, record.key(), partitions);
                if (record.topic() == topic && numbers.contains(partition)) {
                    sink.accept(new LogRecord(topic, partition, offset, record.key(), record.envelope()));
                }
            }
            world.pause();
        }
    }
}

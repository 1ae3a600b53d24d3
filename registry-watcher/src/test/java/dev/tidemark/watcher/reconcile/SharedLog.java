package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Feed;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Publication;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What watchers write, as a broker would keep it: record by record, also of a batch that breaks off. */
final class SharedLog {

    private final World world;
    private final int partitions;
    private final List<Written> records = new ArrayList<>();
    private final List<Following> followers = new ArrayList<>();
    private boolean away;
    private final Map<World.Replica, Predicate<Publication>> paused = new HashMap<>();

    /** @param by which replica wrote it */
    record Written(
            String by, Topic topic, String key, @Nullable Envelope<?> envelope, Map<String, String> headers) {}

    SharedLog(World world, int partitions) {
        this.world = world;
        this.partitions = partitions;
    }

    void setAway(boolean away) {
        this.away = away;
    }

    /** The process stands still when it is about to write the next of these, its proof in its hand. */
    void freezeBefore(World.Replica process, Predicate<Publication> next) {
        paused.put(process, next);
    }

    /** Nobody stands still any more. */
    void freezeNobody() {
        paused.clear();
    }

    /** Somebody else writes into our topics. */
    void add(Topic topic, String key, @Nullable Envelope<?> envelope) {
        append(new Written("somebody", topic, key, envelope, Map.of()));
    }

    List<Written> records() {
        return List.copyOf(records);
    }

    Stream<Event> events() {
        return records.stream()
                .filter(record -> record.envelope() != null)
                .map(record -> Objects.requireNonNull(record.envelope()).event());
    }

    /** What was found, in the order of the log: by itself, in a list's base, or among a list's changes. */
    List<String> discovered() {
        return events().flatMap(event -> switch (event) {
                    case Event.TagDiscovered e -> Stream.of(e.tag());
                    case TagsChanged e -> e.added().stream();
                    case TagsListed e when e.origin() == TagsListed.Origin.SCAN -> e.tags().stream();
                    default -> Stream.<String>empty();
                })
                .toList();
    }

    /** The tags of each feed as a reader takes them, who ignores what an earlier owner writes behind a claim. */
    Map<Feed, Set<String>> taken() {
        return taken(IntStream.range(0, records.size()).boxed().toList());
    }

    /** The same for a reader who comes when the log has been compacted: the newest record of each key is all there is. */
    Map<Feed, Set<String>> takenOfCompacted() {
        Map<String, Integer> newest = new HashMap<>();
        for (int offset = 0; offset < records.size(); offset++) {
            newest.put(records.get(offset).topic() + records.get(offset).key(), offset);
        }
        return taken(newest.values().stream().sorted().toList());
    }

    private Map<Feed, Set<String>> taken(List<Integer> offsets) {
        Map<Feed, Set<String>> tags = new HashMap<>();
        offsets.stream()
                .map(this::record)
                .filter(record -> record.topic() == Topic.TAG_DISCOVERED)
                .collect(Collectors.groupingBy(LogRecord::partition))
                .values()
                .forEach(partition -> LogReading.of(partition).forEach((feed, set) -> tags.put(feed, set.keySet())));
        return tags;
    }

    /** Hands on what is written to a partition, in the order of the log, when the process runs. */
    OwnPartition follower(World.Replica process) {
        return (partition, from, sink) -> {
            Following following = new Following(process, partition, sink);
            for (int offset = 0; offset < records.size(); offset++) {
                if (offset >= from.getOrDefault(records.get(offset).topic(), 0L)) {
                    following.hand(offset);
                }
            }
            followers.add(following);
            return () -> followers.remove(following);
        };
    }

    private final class Following {
        private final World.Replica process;
        private final int partition;
        private final Consumer<LogRecord> sink;

        Following(World.Replica process, int partition, Consumer<LogRecord> sink) {
            this.process = process;
            this.partition = partition;
            this.sink = sink;
        }

        void hand(int offset) {
            Written record = records.get(offset);
            if (Partitioning.partition(record.topic(), record.key(), partitions) == partition) {
                var unused = process.after(Duration.ZERO, () -> sink.accept(record(offset)));
            }
        }
    }

    private LogRecord record(int offset) {
        Written record = records.get(offset);
        int partition = Partitioning.partition(record.topic(), record.key(), partitions);
        return new LogRecord(
                record.topic(), partition, offset, Instant.EPOCH, record.key(), record.envelope(), record.headers());
    }

    private void append(Written record) {
        records.add(record);
        List.copyOf(followers).forEach(following -> following.hand(records.size() - 1));
    }

    EventPublisher writer(String name, World.Replica process) {
        return publications -> publications.forEach(publication -> {
            if (paused.getOrDefault(process, any -> false).test(publication)) {
                paused.remove(process);
                process.freeze();
            }
            world.pause();
            if (away) {
                throw new LogUnavailableException("the broker does not answer", new IllegalStateException());
            }
            if (!process.isKilled()) {
                append(
                        switch (publication) {
                            case Publication.Fact(Envelope<?> envelope) ->
                                new Written(name, envelope.type().topic(), envelope.key(), envelope, Map.of());
                            case Publication.Tombstone gone ->
                                new Written(name, gone.topic(), gone.key(), null, gone.headers());
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
                    sink.accept(record(offset));
                }
            }
            world.pause();
        }
    }
}

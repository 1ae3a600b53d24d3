package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Publication;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.reconcile.LogReading.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One partition's two topics as a broker keeps them, and as compaction leaves them. */
final class BasesLog {

    private List<LogRecord> tags = new ArrayList<>();
    private final List<LogRecord> schedule = new ArrayList<>();
    private long end;

    LogRecord append(Publication publication) {
        LogRecord record =
                switch (publication) {
                    case Publication.Fact(Envelope<?> envelope) ->
                        record(envelope.type().topic(), envelope.key(), envelope, Map.of());
                    case Publication.Tombstone gone -> record(gone.topic(), gone.key(), null, gone.headers());
                };
        (record.topic() == Topic.TAG_DISCOVERED ? tags : schedule).add(record);
        return record;
    }

    private LogRecord record(Topic topic, String key, @Nullable Envelope<?> envelope, Map<String, String> headers) {
        long offset = topic == Topic.TAG_DISCOVERED ? end : schedule.size();
        end += topic == Topic.TAG_DISCOVERED ? 1 : 0;
        return new LogRecord(topic, 0, offset, Instant.EPOCH, key, envelope, headers);
    }

    /** Of the next record about tags. */
    long end() {
        return end;
    }

    List<LogRecord> tags() {
        return List.copyOf(tags);
    }

    /** What a new owner finds. */
    LoadedPartition load(PartitionClaim claim) {
        return load(tags, claim);
    }

    private LoadedPartition load(List<LogRecord> from, PartitionClaim claim) {
        LoadedPartition loaded = new LoadedPartition(0, claim);
        from.forEach(loaded::take);
        schedule.forEach(loaded::take);
        return loaded;
    }

    /** The feed's tags for an owner who finds these records. */
    Map<String, Word> loaded(List<LogRecord> from, Feed feed) {
        FeedState state = load(from, new PartitionClaim(new Epoch(0, 1), "nobody", "none"))
                .states()
                .get(feed);
        return state == null ? Map.of() : set(state);
    }

    static Map<String, Word> set(FeedState state) {
        Map<String, Word> set = new TreeMap<>();
        state.tags().forEach(tag -> set.put(tag.tag(), new Word(tag.digest(), tag.firstSeen())));
        return set;
    }

    /** What compaction leaves when it has come to an offset: the newest of each key, some tombstones among them. */
    List<LogRecord> compacted(Random random) {
        long to = random.nextLong(end + 1);
        Map<String, Long> newest = new HashMap<>();
        tags.stream()
                .filter(record -> record.offset() < to)
                .forEach(record -> newest.put(record.key(), record.offset()));
        long tombstones = random.nextLong(to + 1);
        return tags.stream()
                .filter(record -> record.offset() >= to
                        || (Long.valueOf(record.offset()).equals(newest.get(record.key()))
                                && (record.envelope() != null || record.offset() >= tombstones)))
                .toList();
    }

    void replace(List<LogRecord> compacted) {
        tags = new ArrayList<>(compacted);
    }

    /** Without the pages of bases that are not whole. */
    List<LogRecord> withoutPieces() {
        Map<Object, Set<Integer>> pages = new HashMap<>();
        tags.forEach(record -> page(record)
                .ifPresent(page -> pages.computeIfAbsent(page.generation(), one -> new HashSet<>())
                        .add(page.page())));
        return tags.stream()
                .filter(record -> page(record)
                        .filter(page ->
                                pages.getOrDefault(page.generation(), Set.of()).size() < page.pages())
                        .isEmpty())
                .toList();
    }

    private static Optional<TagsListed> page(LogRecord record) {
        return record.envelope() != null && record.envelope().event() instanceof TagsListed page
                ? Optional.of(page)
                : Optional.empty();
    }
}

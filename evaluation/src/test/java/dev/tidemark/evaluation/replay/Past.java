package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.RangeHeader;
import dev.tidemark.evaluation.history.Ranges;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A history that happens in a test, and what the log shows of it: each topic by itself. */
public final class Past implements DecisionPublisher {

    public static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final int partitions;
    private final Map<Integer, PolicyEvaluation> evaluations = new HashMap<>();
    private final List<HistoryRecord> records = new ArrayList<>();
    private final List<PolicyDecided> decisions = new ArrayList<>();
    private final Map<Place, Long> offsets = new HashMap<>();
    private final List<Envelope<TagCheckWanted>> questions = new ArrayList<>();
    private Instant now = NOON;
    private long sequence;
    private int scans;

    public Past(int partitions) {
        this.partitions = partitions;
    }

    public Instant now() {
        return now;
    }

    /** What the log holds. */
    public List<HistoryRecord> records() {
        return records;
    }

    public List<PolicyDecided> decisions() {
        return decisions;
    }

    public PolicyEvaluation evaluation(ImageName image) {
        return evaluation(Partitioning.partition(image, partitions));
    }

    private PolicyEvaluation evaluation(int partition) {
        return evaluations.computeIfAbsent(
                partition, one -> new PolicyEvaluation(HeapTable.tables(), this, () -> now, "recorded"));
    }

    /** Time passes, and who is to be woken is. */
    public void pass(Duration time) {
        Instant until = now.plus(time);
        for (var due = due(until); due.isPresent(); due = due(until)) {
            Instant at = due.get().nextWakeup().orElseThrow();
            now = at.isAfter(now) ? at : now;
            due.get().wake();
        }
        now = until;
    }

    private Optional<PolicyEvaluation> due(Instant until) {
        return evaluations.values().stream()
                .filter(one -> one.nextWakeup().filter(at -> !at.isAfter(until)).isPresent())
                .min((a, b) ->
                        a.nextWakeup().orElseThrow().compareTo(b.nextWakeup().orElseThrow()));
    }

    /** What the evaluation has asked registries once and got no answer to. */
    public List<Envelope<TagCheckWanted>> questions() {
        return questions;
    }

    /** A registry answers. */
    public void answer(Envelope<TagCheckWanted> question, String digest, @Nullable Long owner) {
        questions.remove(question);
        TagCheckWanted asked = question.event();
        Event event = new Event.TagDiscovered(asked.feed(), asked.tag(), digest, scan(owner), Scope.TAG, now);
        write(question.causes(event, "test", now));
    }

    /** An input is written, and taken in. */
    public void write(Event event) {
        write(Envelope.first(event, "test", now));
    }

    /** One in a chain that somebody else began. */
    public void write(Envelope<Event> envelope) {
        Event event = envelope.event();
        Topic topic = envelope.type().topic();
        if (event instanceof Event.PartitionClaimed claim) {
            write(envelope, claim.partition());
        } else if (topic == Topic.CONTROL_REQUESTED) {
            for (int partition = 0; partition < partitions; partition++) {
                write(envelope, partition);
            }
        } else {
            write(envelope, Partitioning.partition(topic, envelope.key(), partitions));
        }
    }

    private void write(Envelope<Event> envelope, int partition) {
        HistoryRecord record = record(envelope.type().topic(), partition, envelope.key(), EventCodec.encode(envelope));
        PolicyEvaluation evaluation = evaluation(partition);
        evaluation.offsetRecorded(record.place().text(), record.offset());
        evaluation.apply(envelope);
    }

    /** Something is written that the evaluation does not read. */
    public void record(Envelope<?> envelope) {
        Topic topic = envelope.type().topic();
        record(
                topic,
                Partitioning.partition(topic, envelope.key(), partitions),
                envelope.key(),
                EventCodec.encode(envelope));
    }

    /** A policy is taken back. */
    public void withdraw(ImageName image, Target target, Withdrawal why) {
        int partition = Partitioning.partition(image, partitions);
        HistoryRecord tombstone = record(Topic.POLICY_DECLARED, partition, Keys.declared(image, target), null);
        records.removeLast();
        records.add(new HistoryRecord(
                Topic.POLICY_DECLARED, partition, tombstone.offset(), now, tombstone.key(), why, null, null));
        evaluation(partition).offsetRecorded(tombstone.place().text(), tombstone.offset());
        evaluation(partition).withdraw(tombstone.key(), why);
    }

    private HistoryRecord record(Topic topic, int partition, String key, byte @Nullable [] value) {
        long offset = offsets.merge(new Place(topic, partition), 1L, Long::sum);
        HistoryRecord record = Ranges.record(topic, partition, offset, now, key, value);
        records.add(record);
        return record;
    }

    /** Where the newest record of a partition lies. */
    public @Nullable Long offset(Topic topic, ImageName image) {
        return offsets.get(new Place(topic, Partitioning.partition(image, partitions)));
    }

    /** A list of the registry is read. */
    public void listed(Feed feed, String... tags) {
        Scan scan = scan(null);
        Stream.of(tags).forEach(tag -> write(new Event.TagDiscovered(feed, tag, null, scan, Scope.SCAN, null)));
        write(new Event.ScanCompleted(feed, scan, 0, tags.length, 0, "checksum"));
    }

    /** A tag is pushed, and found at once. */
    public void pushed(Feed feed, String tag) {
        pushed(feed, tag, null);
    }

    public void pushed(Feed feed, String tag, @Nullable String digest) {
        write(new Event.TagDiscovered(feed, tag, digest, scan(null), Scope.TAG, now));
    }

    public Scan scan(@Nullable Long owner) {
        scans++;
        return new Scan("scan-" + scans, Instant.EPOCH.plusSeconds(scans), owner, (long) scans);
    }

    /** A policy is declared. */
    public Event.PolicyDeclared policy(Feed feed, String name, String range, Map<String, String> annotations) {
        return policy(feed, name, range, annotations, "uid");
    }

    public Event.PolicyDeclared policy(
            Feed feed, String name, String range, Map<String, String> annotations, String uid) {
        return new Event.PolicyDeclared(
                feed.image(),
                new Target("local", "ImagePolicy", "apps", name),
                feed,
                feed.image().text(),
                new PolicyRule.Semver(range),
                TagFilter.NONE,
                "Never",
                List.of(),
                annotations,
                uid,
                "1",
                ++sequence,
                false);
    }

    /** Everything as a range that was exported now. */
    public RangeFile export(Path folder, Instant since) {
        return export(folder, since, records -> records);
    }

    /** @param alteration of what was recorded, by somebody who writes a manifest, too */
    public RangeFile export(Path folder, Instant since, UnaryOperator<List<HistoryRecord>> alteration) {
        RangeHeader header = Ranges.header(partitions, since, now.plus(Duration.ofHours(1)));
        try {
            return RangeFile.open(
                    Ranges.write(folder.resolve("range.jsonl"), header, alteration.apply(new ArrayList<>(records))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of what was written before a time the newest of each key. */
    public static List<HistoryRecord> compacted(List<HistoryRecord> records, Instant from) {
        Map<List<Object>, HistoryRecord> newest = new LinkedHashMap<>();
        records.stream().filter(record -> record.at().isBefore(from)).forEach(record -> {
            newest.remove(List.of(record.place(), record.key()));
            newest.put(List.of(record.place(), record.key()), record);
        });
        return Stream.concat(newest.values().stream(), records.stream().filter(record -> !record.at()
                        .isBefore(from)))
                .toList();
    }

    @Override
    public void publish(Envelope<? extends Event> envelope) {
        record(envelope);
        if (envelope.event() instanceof PolicyDecided decided) {
            decisions.add(decided);
        }
        if (envelope.event() instanceof TagCheckWanted wanted && wanted.purpose() == CheckPurpose.DIGEST_ONCE) {
            questions.add(new Envelope<>(
                    envelope.id(),
                    envelope.source(),
                    envelope.time(),
                    envelope.correlationid(),
                    envelope.causationid(),
                    envelope.traceparent(),
                    wanted));
        }
    }

    @Override
    public void tombstone(Topic topic, String key) {
        record(topic, Partitioning.partition(topic, key, partitions), key, null);
    }
}

package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RangeHeader;
import dev.tidemark.evaluation.history.RangeWriter;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicOffsets;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.runtime.log.TopicScan.Stretch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes ranges of the log: what was decided, and all that it was decided from. Nothing grows with the number of records:
 * each is read, written and forgotten, and of a partition's keys only their newest offsets are held.
 */
public final class RangeExport {

    private static final String CLIENT = "policy-evaluator-export";

    /**
     * So much of what was before is whole, too: longer than anything that a decision goes by and no event says, such as a
     * digest that moved an hour ago.
     */
    public static final Duration LEAD = Duration.ofHours(24);

    /**
     * What follows from something before what it follows from. In this order their ends are asked for: a decision that is
     * in the range has its inputs in it, and a selection the decision that made it.
     */
    private static final List<Topic> EFFECTS_FIRST = List.of(
            Topic.TAG_SELECTED,
            Topic.POLICY_DECIDED,
            Topic.POLICY_HANDED_OVER,
            Topic.TAG_DISCOVERED,
            Topic.POLICY_DECLARED,
            Topic.CONTROL_REQUESTED);

    /** Of the heap, for the newest offsets of a partition's keys, which double when they grow. */
    private static final int SHARE_OF_HEAP = 8;

    private static final int BYTES_PER_KEY = 100;

    private final LogClients clients;
    private final String cluster;
    private final String evaluator;
    private final Duration lead;
    private final Clock clock;
    private final int maxKeys;

    /**
     * @param evaluator the version, for the header
     * @param lead how much of what was before is whole, too: {@link #LEAD}
     */
    public RangeExport(LogClients clients, String cluster, String evaluator, Duration lead, Clock clock) {
        this(clients, cluster, evaluator, lead, clock, (int)
                Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES_PER_KEY));
    }

    RangeExport(LogClients clients, String cluster, String evaluator, Duration lead, Clock clock, int maxKeys) {
        this.clients = clients;
        this.cluster = cluster;
        this.evaluator = evaluator;
        this.lead = lead;
        this.clock = clock;
        this.maxKeys = maxKeys;
    }

    /** How long ago a range may begin: what is older is compacted, or gone. */
    public Duration longest() {
        return clients.settings().auditWindow();
    }

    /**
     * What a range holds, as the log is now: what is written meanwhile is not in it.
     *
     * @param ago when the range begins, before now
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time
     */
    public Range range(Duration ago) {
        Instant since = now().minus(ago);
        Instant from = since.minus(lead);
        List<Part> parts = new ArrayList<>();
        try (TopicOffsets offsets = new TopicOffsets(clients, CLIENT + "-offsets")) {
            for (Topic topic : EFFECTS_FIRST) {
                // transactions that are open are waited for; of selections none is needed that was not there yet
                Map<Integer, Long> ends =
                        topic == Topic.TAG_SELECTED ? offsets.committedEnds(topic) : offsets.writtenEnds(topic);
                Map<Integer, Long> begins = offsets.at(topic, from);
                ends.forEach((partition, end) ->
                        parts.add(new Part(topic, partition, Math.min(begins.getOrDefault(partition, end), end), end)));
            }
        }
        return new Range(
                new RangeHeader(cluster, evaluator, clients.settings().partitions(), from, since, now()), parts);
    }

    /** As exact as the times of records. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** A part of the range: before {@code begin} the newest record of each key. */
    private record Part(Topic topic, int partition, long begin, long end) {}

    /** A range that was asked for. */
    public final class Range {

        private final RangeHeader header;
        private final List<Part> parts;

        private Range(RangeHeader header, List<Part> parts) {
            this.header = header;
            this.parts = List.copyOf(parts);
        }

        /**
         * Writes it; without its last line when that fails in the middle.
         *
         * @param out better with a buffer
         * @return how many records it holds
         * @throws IOException of the stream
         * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time
         * @throws TopicScan.TooMuchException if one partition has more keys than there is room for
         */
        public long write(OutputStream out) throws IOException {
            RangeWriter writer = new RangeWriter(out, header);
            try (TopicScan.Stretches stretches = new TopicScan(clients, CLIENT).stretches()) {
                for (Part part : parts) {
                    write(part, stretches, writer);
                }
            } catch (UncheckedIOException ofTheStream) {
                throw ofTheStream.getCause();
            }
            writer.end();
            return writer.records();
        }

        private void write(Part part, TopicScan.Stretches stretches, RangeWriter writer) {
            NewestOffsets newest = new NewestOffsets(maxKeys);
            stretches.read(new Stretch(part.topic(), part.partition(), 0, part.begin()), (record, value) -> {
                if (!isOfTomorrow(record, value)) {
                    newest.note(record.key(), record.offset());
                }
            });
            stretches.read(new Stretch(part.topic(), part.partition(), 0, part.end()), (record, value) -> {
                if (record.offset() >= part.begin()
                        || newest.isNewest(record.key(), record.offset())
                        || isOfTomorrow(record, value)) {
                    write(record, value, writer);
                }
            });
        }

        /** It hides nothing from who passes over it, as this evaluator did, and is there for who knows its type. */
        private static boolean isOfTomorrow(LogRecord record, byte @Nullable [] value) {
            return record.envelope() == null && value != null;
        }

        private static void write(LogRecord record, byte @Nullable [] value, RangeWriter writer) {
            try {
                writer.write(new HistoryRecord(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.at(),
                        record.key(),
                        Withdrawal.of(record.headers()),
                        Publication.Tombstone.epoch(record.headers()),
                        value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads partitions of a topic to where they end now, committed records only: how an owner restores what it must
 * remember, and how questions about the past are answered. Ends or fails: a broker that says nothing for
 * {@link #LONGEST_SILENCE} and a topic with more than the caller has room for are errors.
 */
public final class TopicScan {

    /** A broker that is there sends something in this time; without it a restore would wait for ever. */
    static final Duration LONGEST_SILENCE = LogClients.REQUEST_TIMEOUT.multipliedBy(3);

    private final LogSettings settings;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final EventReader events;
    private final Bounds bounds;
    private final Duration longestSilence;

    /**
     * How much of what a scan hands over a caller has room for.
     *
     * @param records at most
     * @param bytes of keys and values at most
     */
    public record Bounds(long records, long bytes) {

        /** For callers that keep nothing, or only the newest of each key. */
        public static final Bounds NONE = new Bounds(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * A part of a partition.
     *
     * @param from the first offset; where the log does not go back so far, it begins where the log does
     * @param to the offset behind the last one; the log was written up to it, and transactions may be open before it: they
     *     are waited for
     */
    public record Stretch(Topic topic, int partition, long from, long to) {}

    /** Takes records with their values as they lie in the log. */
    @FunctionalInterface
    public interface Sink {
        void take(LogRecord record, byte @Nullable [] value);
    }

    /** A topic holds more than the caller has room for. */
    public static final class TooMuchException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public TooMuchException(String message) {
            super(message);
        }
    }

    /**
     * Records that nobody can read are left out: whoever consumes the topic has put them among the dead letters. So are those
     * of types that only a newer Tidemark knows.
     */
    public TopicScan(LogClients clients, String clientId) {
        this(clients.settings(), () -> clients.reader(clientId), clients.events(), Bounds.NONE, LONGEST_SILENCE);
    }

    TopicScan(
            LogSettings settings,
            Supplier<Consumer<String, byte[]>> consumers,
            EventReader events,
            Bounds bounds,
            Duration longestSilence) {
        this.settings = settings;
        this.consumers = consumers;
        this.events = events;
        this.bounds = bounds;
        this.longestSilence = longestSilence;
    }

    /** The same with bounds. */
    public TopicScan within(Bounds other) {
        return new TopicScan(settings, consumers, events, other, longestSilence);
    }

    /**
     * Hands every record to {@code sink} in the order of its partition: key and event, null for a tombstone.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time
     * @throws TooMuchException beyond the bounds
     */
    public void read(Topic topic, Collection<Integer> partitions, BiConsumer<String, @Nullable Envelope<?>> sink) {
        scan(topic, partitions, any -> true, record -> sink.accept(record.key(), record.envelope()));
    }

    /**
     * Hands every record with a key that counts to {@code sink}, in the order of its partition.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time
     * @throws TooMuchException beyond the bounds
     */
    public void scan(
            Topic topic,
            Collection<Integer> partitions,
            Predicate<String> keys,
            java.util.function.Consumer<LogRecord> sink) {
        scan(topic, settings.partitionsOf(topic, partitions), Map.of(), keys, sink);
    }

    /**
     * The same from offsets on.
     *
     * @param from by partition; where the log does not go back so far, from where it begins
     */
    public void scan(
            Topic topic, Map<Integer, Long> from, Predicate<String> keys, java.util.function.Consumer<LogRecord> sink) {
        scan(topic, settings.partitionsOf(topic, from.keySet()), from, keys, sink);
    }

    private void scan(
            Topic topic,
            List<TopicPartition> assigned,
            Map<Integer, Long> from,
            Predicate<String> keys,
            java.util.function.Consumer<LogRecord> sink) {
        Tally tally = new Tally(topic);
        try (var consumer = consumers.get()) {
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned.stream()
                    .filter(p -> !from.containsKey(p.partition()))
                    .toList());
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            for (TopicPartition partition : assigned) {
                Long begin = from.get(partition.partition());
                if (begin != null) {
                    consumer.seek(partition, Math.min(begin, ends.getOrDefault(partition, begin)));
                }
            }
            new ReadingToEnds(consumer, longestSilence).read(ends, record -> deliver(topic, record, keys, tally, sink));
        }
    }

    /** A consumer for parts of partitions, which are read one after the other. */
    public Stretches stretches() {
        return new Stretches(consumers.get());
    }

    /** Reads parts of partitions. */
    public final class Stretches implements AutoCloseable {

        private final Consumer<String, byte[]> consumer;

        private Stretches(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        /**
         * Reads one in its order; records that nobody can read are left out here, too. What only a newer Tidemark knows is
         * there without an event: a newer one may be asked about it.
         *
         * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time
         */
        public void read(Stretch stretch, Sink sink) {
            if (stretch.from() >= stretch.to()) {
                return;
            }
            TopicPartition partition = new TopicPartition(settings.name(stretch.topic()), stretch.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, stretch.from());
            new ReadingToEnds(consumer, longestSilence)
                    .read(Map.of(partition, stretch.to()), record -> deliver(stretch.topic(), record, sink));
        }

        private void deliver(Topic topic, ConsumerRecord<String, byte[]> record, Sink sink) {
            LogRecord read;
            try {
                read = ReceivedRecord.read(topic, settings.partitions(), record, events)
                        .orElseGet(() -> ReceivedRecord.unread(topic, record));
            } catch (UndecodableException aside) {
                return;
            }
            sink.take(read, record.value());
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    private void deliver(
            Topic topic,
            ConsumerRecord<String, byte[]> record,
            Predicate<String> keys,
            Tally tally,
            java.util.function.Consumer<LogRecord> sink) {
        Optional<LogRecord> read;
        try {
            if (!keys.test(ReceivedRecord.key(record))) {
                return;
            }
            read = ReceivedRecord.read(topic, settings.partitions(), record, events);
        } catch (UndecodableException aside) {
            return;
        }
        if (read.isPresent()) {
            tally.add(record);
            sink.accept(read.get());
        }
    }

    /** What was handed over so far. */
    private final class Tally {

        private final Topic topic;
        private long records;
        private long bytes;

        private Tally(Topic topic) {
            this.topic = topic;
        }

        private void add(ConsumerRecord<String, byte[]> record) {
            records++;
            bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            if (records > bounds.records() || bytes > bounds.bytes()) {
                throw new TooMuchException(settings.name(topic) + " holds more than the " + bounds.records()
                        + " records and " + bounds.bytes() + " bytes that can be read at once here");
            }
        }
    }
}

package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A log without a broker, for who reads it by tables and scans. */
public final class InMemoryLog {

    private final LogSettings settings;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final MockProducer<byte[], byte[]> letters =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    public InMemoryLog(int partitions) {
        this.settings = new LogSettings(partitions, (short) 1, Duration.ofDays(30));
    }

    public LogClients clients() {
        return new LogClients(
                settings, Map.of("bootstrap.servers", "none:1"), LogClients.Membership.DEFAULT, config -> reader());
    }

    public DeadLetters deadLetters() {
        return new DeadLetters(settings.names(), letters);
    }

    /** How many records were put aside. */
    public int putAside() {
        return letters.history().size();
    }

    public synchronized void append(Event event, Instant time) {
        Envelope<?> envelope = Envelope.first(event, "test", time);
        append(envelope.type().topic(), envelope.key(), EventCodec.encode(envelope), Map.of());
    }

    public synchronized void tombstone(Topic topic, String key, Map<String, String> headers) {
        append(topic, key, null, headers);
    }

    /** @param value null for a tombstone */
    public synchronized void append(Topic topic, String key, byte @Nullable [] value, Map<String, String> headers) {
        int partition = Partitioning.partition(topic, key, settings.partitions());
        String name = settings.name(topic);
        long offset = records.stream()
                .filter(one -> one.topic().equals(name) && one.partition() == partition)
                .count();
        RecordHeaders all = new RecordHeaders();
        headers.forEach((header, text) -> all.add(header, text.getBytes(StandardCharsets.UTF_8)));
        records.add(new ConsumerRecord<>(
                name, partition, offset, 0, TimestampType.CREATE_TIME, 0, 0, key, value, all, Optional.empty()));
        readers.forEach(Reader::wake);
    }

    private synchronized Consumer<String, byte[]> reader() {
        Reader reader = new Reader();
        readers.add(reader);
        return reader;
    }

    /** Takes what there is with each poll, and waits where there is nothing. */
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // who waits in a poll is woken by another thread
    private final class Reader extends MockConsumer<String, byte[]> {

        private final Semaphore news = new Semaphore(0);
        private int taken;

        private Reader() {
            super("earliest");
        }

        private void wake() {
            news.release();
        }

        @Override
        public void assign(Collection<TopicPartition> partitions) {
            super.assign(partitions);
            Map<TopicPartition, Long> begin = new HashMap<>();
            partitions.forEach(partition -> begin.put(partition, 0L));
            updateBeginningOffsets(begin);
            updateEnds(partitions);
        }

        private void updateEnds(Collection<TopicPartition> partitions) {
            synchronized (InMemoryLog.this) {
                Map<TopicPartition, Long> ends = new HashMap<>();
                partitions.forEach(partition -> ends.put(partition, end(partition)));
                updateEndOffsets(ends);
            }
        }

        private long end(TopicPartition partition) {
            return records.stream()
                    .filter(one -> one.topic().equals(partition.topic()) && one.partition() == partition.partition())
                    .count();
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            updateEnds(partitions);
            return super.endOffsets(partitions);
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration limit) {
            updateEnds(partitions);
            return super.endOffsets(partitions, limit);
        }

        @Override
        public ConsumerRecords<String, byte[]> poll(Duration longest) {
            if (!take(Set.copyOf(assignment()))) {
                await(longest);
                take(Set.copyOf(assignment()));
            }
            return super.poll(Duration.ZERO);
        }

        private boolean take(Set<TopicPartition> assigned) {
            synchronized (InMemoryLog.this) {
                int before = taken;
                for (; taken < records.size(); taken++) {
                    ConsumerRecord<String, byte[]> record = records.get(taken);
                    if (assigned.contains(new TopicPartition(record.topic(), record.partition()))) {
                        addRecord(record);
                    }
                }
                return taken > before;
            }
        }

        private void await(Duration longest) {
            try {
                var unused = news.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void wakeup() {
            super.wakeup();
            news.release();
        }
    }
}

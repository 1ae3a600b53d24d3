package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.replay.LoggedRecord;
import dev.tidemark.evaluation.replay.RecordedLog;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicScan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads what the log holds now into state; what nobody can decode is a dead letter elsewhere. */
public final class LogReader implements RecordedLog {

    /** Of the heap: decoded, records take several times their bytes. */
    private static final int SHARE_OF_HEAP = 4;

    private static final TopicScan.Bounds ROOM =
            new TopicScan.Bounds(Long.MAX_VALUE, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    private final LogClients clients;
    private final TopicScan scan;

    public LogReader(LogClients clients, String clientId) {
        this.clients = clients;
        this.scan = new TopicScan(clients, clientId);
    }

    public LogClients clients() {
        return clients;
    }

    @Override
    public int partitions() {
        return clients.settings().partitions();
    }

    /**
     * The records of some partitions with keys that count, each partition in its order.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time
     * @throws TopicScan.TooMuchException if they do not fit into memory
     */
    @Override
    public List<LoggedRecord> read(Topic topic, Collection<Integer> partitions, Predicate<String> keys) {
        List<LoggedRecord> found = new ArrayList<>();
        scan.within(ROOM).scan(topic, partitions, keys, record -> found.add(logged(topic, record)));
        return found;
    }

    /**
     * The same, a record at a time.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time
     */
    @Override
    public void each(
            Topic topic, Collection<Integer> partitions, Predicate<String> keys, Consumer<LoggedRecord> reader) {
        scan.scan(topic, partitions, keys, record -> reader.accept(logged(topic, record)));
    }

    private static LoggedRecord logged(Topic topic, LogRecord record) {
        return new LoggedRecord(
                topic,
                record.partition(),
                record.offset(),
                record.at(),
                record.key(),
                record.envelope(),
                Withdrawal.of(record.headers()),
                Publication.Tombstone.epoch(record.headers()));
    }
}

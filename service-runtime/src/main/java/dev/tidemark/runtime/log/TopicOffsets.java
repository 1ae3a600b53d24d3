package dev.tidemark.runtime.log;

import dev.tidemark.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Where the partitions of topics end, and where a time begins in them. All answers are by partition. */
public final class TopicOffsets implements AutoCloseable {

    private final LogSettings settings;
    private final Admin admin;

    public TopicOffsets(LogClients clients, String clientId) {
        this.settings = clients.settings();
        this.admin = clients.admin(clientId, LogClients.REQUEST_TIMEOUT);
    }

    /**
     * Behind the last record before which no transaction is open.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    public Map<Integer, Long> committedEnds(Topic topic) {
        return offsets(topic, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /**
     * Behind the last record, whether it is committed or not.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    public Map<Integer, Long> writtenEnds(Topic topic) {
        return offsets(topic, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * Where the first record of that time or of a later one is, by the clocks of the writers; a partition without one is
     * not in it.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    public Map<Integer, Long> at(Topic topic, Instant time) {
        Map<Integer, Long> offsets =
                offsets(topic, OffsetSpec.forTimestamp(time.toEpochMilli()), IsolationLevel.READ_UNCOMMITTED);
        offsets.values().removeIf(offset -> offset < 0);
        return offsets;
    }

    private Map<Integer, Long> offsets(Topic topic, OffsetSpec spec, IsolationLevel isolation) {
        List<TopicPartition> partitions = settings.partitionsOf(topic);
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        Map<Integer, Long> offsets = new HashMap<>();
        try {
            admin.listOffsets(asked, new ListOffsetsOptions(isolation))
                    .all()
                    .get(LogClients.REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
            return offsets;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no broker said where " + settings.name(topic) + " ends", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }

    /** Does not wait for answers that are under way. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

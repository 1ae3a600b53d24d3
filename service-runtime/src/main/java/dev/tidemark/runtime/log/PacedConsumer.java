package dev.tidemark.runtime.log;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer whose owner polls for one fixed time, as Streams does, and that asks somebody else how long to wait. */
final class PacedConsumer extends KafkaConsumer<byte[], byte[]> {

    private final PollWait wait;

    PacedConsumer(Map<String, Object> config, PollWait wait) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.wait = wait;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return super.poll(wait.within(timeout, !paused().isEmpty()));
    }
}

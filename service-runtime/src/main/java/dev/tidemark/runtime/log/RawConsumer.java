package dev.tidemark.runtime.log;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * A consumer of raw records that belongs to no group. Closing it does not wait: the client would ask the broker to forget
 * the fetch session, behind the fetch that waits for records on the same connection (500 ms by default), which would
 * lengthen every restore and every stop. The broker forgets the session by itself.
 */
final class RawConsumer extends KafkaConsumer<String, byte[]> {

    /** @param config as {@link LogClients#readerConfig} gives it */
    RawConsumer(Map<String, Object> config) {
        super(config);
    }

    @Override
    public void close() {
        close(CloseOptions.timeout(Duration.ZERO));
    }
}

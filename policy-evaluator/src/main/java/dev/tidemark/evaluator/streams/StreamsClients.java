package dev.tidemark.evaluator.streams;

import dev.tidemark.runtime.log.LogClients;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients of the topology; they wait as long as {@link NextLoop} says. */
record StreamsClients(LogClients log, NextLoop next) implements KafkaClientSupplier {

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return log.streamsAdmin(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return log.streamsProducer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return log.streamsConsumer(config, next::wait, next::endsBy);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return log.streamsConsumer(config, (longest, paused) -> next.restoreWait(longest));
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return log.streamsConsumer(config, (longest, paused) -> longest);
    }
}

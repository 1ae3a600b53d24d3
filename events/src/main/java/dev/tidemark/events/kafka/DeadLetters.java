package dev.tidemark.events.kafka;

import dev.tidemark.events.UndecodableException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Keeps records that a plain reader cannot read, unchanged, with the same diagnostic headers that the channels use. The
 * value is not copied into headers, so a large record does not triple.
 */
public final class DeadLetters implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());
    private static final String SUFFIX = ".dead-letter";

    private final Producer<byte[], byte[]> producer;

    public DeadLetters(LogSettings settings, String clientId) {
        this(new KafkaProducer<>(settings.writerConfig(clientId)));
    }

    DeadLetters(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Stores the record; returns when the client has it, the broker's answer is awaited by {@link #close()}. */
    public void add(ConsumerRecord<String, byte[]> record, UndecodableException reason) {
        byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
        var letter = new ProducerRecord<>(record.topic() + SUFFIX, null, null, key, record.value(), record.headers());
        Headers headers = letter.headers();
        put(headers, "dead-letter-reason", String.valueOf(reason.getMessage()));
        put(headers, "dead-letter-exception-class-name", reason.getClass().getName());
        put(headers, "dead-letter-topic", record.topic());
        put(headers, "dead-letter-partition", Integer.toString(record.partition()));
        put(headers, "dead-letter-offset", Long.toString(record.offset()));
        var unused = producer.send(letter, (stored, failure) -> {
            if (failure != null) {
                LOG.log(System.Logger.Level.ERROR, "a dead letter of " + record.topic() + " was not stored", failure);
            }
        });
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(LogSettings.REQUEST_TIMEOUT);
    }
}

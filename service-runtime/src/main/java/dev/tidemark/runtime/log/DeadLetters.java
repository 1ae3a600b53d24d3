package dev.tidemark.runtime.log;

import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Keeps records that a plain reader cannot read, unchanged, with the same diagnostic headers that the channels use. The
 * value is not copied into headers, so a large record does not triple.
 */
public final class DeadLetters implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());

    private final TopicNames names;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<Topic> told;

    /** Of which nobody is told. */
    public DeadLetters(LogClients clients, String clientId) {
        this(clients, clientId, topic -> {});
    }

    /** @param told of the topic of each, once it is stored */
    public DeadLetters(LogClients clients, String clientId, Consumer<Topic> told) {
        this(clients.settings().names(), clients.writer(clientId), told);
    }

    DeadLetters(TopicNames names, Producer<byte[], byte[]> producer) {
        this(names, producer, topic -> {});
    }

    private DeadLetters(TopicNames names, Producer<byte[], byte[]> producer, Consumer<Topic> told) {
        this.names = names;
        this.producer = producer;
        this.told = told;
    }

    /**
     * Stores the record; returns when the client has it, the broker's answer is awaited by {@link #close()}.
     *
     * @throws IllegalArgumentException for a record of a topic that is not the log's
     */
    public void add(ConsumerRecord<String, byte[]> record, UndecodableException reason) {
        Topic topic = Topic.named(record.topic())
                .orElseThrow(() -> new IllegalArgumentException("'" + record.topic() + "' is not a topic of the log"));
        byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
        var letter = new ProducerRecord<>(names.deadLetters(topic), null, null, key, record.value(), record.headers());
        Headers headers = letter.headers();
        put(headers, "dead-letter-reason", String.valueOf(reason.getMessage()));
        put(headers, "dead-letter-exception-class-name", reason.getClass().getName());
        put(headers, "dead-letter-topic", record.topic());
        put(headers, "dead-letter-partition", Integer.toString(record.partition()));
        put(headers, "dead-letter-offset", Long.toString(record.offset()));
        var unused = producer.send(letter, (stored, failure) -> {
            if (failure != null) {
                LOG.log(System.Logger.Level.ERROR, "a dead letter of " + record.topic() + " was not stored", failure);
            } else {
                told.accept(topic);
            }
        });
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(LogClients.REQUEST_TIMEOUT);
    }
}

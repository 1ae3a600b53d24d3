package dev.tidemark.evaluator.streams;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.EventSerializer;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.publish.LogListener;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What the topology writes: events to the sink of their topic, unreadable records to the dead letters. */
final class StreamsPublisher implements DecisionPublisher {

    private static final System.Logger LOG = System.getLogger(StreamsPublisher.class.getName());

    private static final EventSerializer SERIALIZER = new EventSerializer();

    private final ProcessorContext<String, byte[]> context;
    private final CommitPace pace;
    private final LogListener listener;

    StreamsPublisher(ProcessorContext<String, byte[]> context, CommitPace pace, LogListener listener) {
        this.context = context;
        this.pace = pace;
        this.listener = listener;
    }

    @Override
    public void publish(Envelope<? extends Event> envelope) {
        Topic topic = envelope.type().topic();
        Headers headers = new RecordHeaders();
        byte[] value = SERIALIZER.serialize(topic.topicName(), headers, envelope);
        forward(topic.topicName(), envelope.key(), value, headers);
        listener.appended(envelope);
    }

    @Override
    public void tombstone(Topic topic, String key) {
        forward(topic.topicName(), key, null, new RecordHeaders());
    }

    /** Keeps a record that cannot be used, unchanged, with where it came from and why. */
    void deadLetter(Record<String, byte[]> record, Topic from, String reason) {
        Headers headers = new RecordHeaders(record.headers());
        add(headers, "dead-letter-reason", reason);
        add(headers, "dead-letter-topic", from.topicName());
        context.recordMetadata().ifPresent(at -> where(headers, at));
        forward(from.deadLetterName(), record.key(), record.value(), headers);
        listener.deadLetter(from);
    }

    private static void where(Headers headers, RecordMetadata at) {
        add(headers, "dead-letter-partition", Integer.toString(at.partition()));
        add(headers, "dead-letter-offset", Long.toString(at.offset()));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void forward(String sink, String key, byte @Nullable [] value, Headers headers) {
        context.forward(new Record<>(key, value, context.currentSystemTimeMs(), headers), sink);
        pace.wrote();
    }

    @Override
    public void failed(Target target, Throwable fault) {
        LOG.log(System.Logger.Level.ERROR, LogKeys.line("policy-not-evaluated", LogKeys.TARGET, target), fault);
    }
}

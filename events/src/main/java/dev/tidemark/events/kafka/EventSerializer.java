package dev.tidemark.events.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events with their CloudEvents attributes as headers (CloudEvents 1.0, Kafka binding, binary mode). The same
 * class serves channels and Streams, so that a record looks the same whoever wrote it. Null is a tombstone.
 */
public final class EventSerializer implements Serializer<@Nullable Envelope<?>> {

    private static final String SPEC_VERSION = "1.0";
    private static final String CONTENT_TYPE = "application/json";

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Envelope<?> envelope) {
        return envelope == null ? null : EventCodec.encode(envelope);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable Envelope<?> envelope) {
        if (envelope == null) {
            return null;
        }
        put(headers, "content-type", CONTENT_TYPE);
        put(headers, "ce_specversion", SPEC_VERSION);
        put(headers, "ce_id", envelope.id());
        put(headers, "ce_type", envelope.type().wireName());
        put(headers, "ce_source", envelope.source());
        put(headers, "ce_subject", envelope.key());
        put(headers, "ce_time", envelope.time().toString());
        put(headers, "ce_correlationid", envelope.correlationid());
        put(headers, "ce_causationid", envelope.causationid());
        put(headers, "traceparent", envelope.traceparent());
        return serialize(topic, envelope);
    }

    private static void put(Headers headers, String name, @Nullable String value) {
        headers.remove(name);
        if (value != null) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}

package dev.tidemark.events.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads events; null stays a tombstone. Throws {@link dev.tidemark.events.UndecodableException}, which a channel turns
 * into a dead letter.
 */
public final class EventDeserializer implements Deserializer<@Nullable Envelope<?>> {

    @Override
    public @Nullable Envelope<?> deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : EventCodec.decode(data);
    }
}

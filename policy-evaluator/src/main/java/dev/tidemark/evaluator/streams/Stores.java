package dev.tidemark.evaluator.streams;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tidemark.evaluator.domain.KnownTag;
import dev.tidemark.evaluator.domain.PolicyMemory;
import dev.tidemark.events.kafka.EventDeserializer;
import dev.tidemark.events.kafka.EventSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state stores of the topology: in memory, with a compacted changelog in Kafka that a new owner restores from. */
final class Stores {

    /** {@code feed|tag} to {@link KnownTag}. */
    static final String TAGS = "tags";

    /** {@code feed|tag} to {@link Pending}: the difference of a scan that has not completed. */
    static final String PENDING = "pending";

    /** Feed to {@link FeedMemory}. */
    static final String FEEDS = "feeds";

    /** {@code image|target} to the declared policy. */
    static final String DECLARED = "declared";

    /** Target to {@link PolicyMemory}. */
    static final String MEMORY = "memory";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Stores() {}

    /** What a scan under way has found. */
    enum Pending {
        ADDED,
        REMOVED
    }

    static Set<StoreBuilder<?>> builders() {
        return Set.of(
                builder(TAGS, json(KnownTag.class)),
                builder(PENDING, json(Pending.class)),
                builder(FEEDS, json(FeedMemory.class)),
                builder(DECLARED, Serdes.serdeFrom(new EventSerializer(), new EventDeserializer())),
                builder(MEMORY, json(PolicyMemory.class)));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    private static <V> Serde<V> json(Class<V> type) {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    try {
                        return value == null ? null : MAPPER.writeValueAsBytes(value);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                (topic, bytes) -> {
                    try {
                        return bytes == null ? null : MAPPER.readValue(bytes, type);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}

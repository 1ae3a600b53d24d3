package dev.tidemark.evaluator.streams;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tidemark.evaluation.table.Deferred;
import dev.tidemark.evaluation.table.FeedState;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.evaluation.table.Tenure;
import dev.tidemark.evaluation.table.Wakeup;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.kafka.EventDeserializer;
import dev.tidemark.events.kafka.EventSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * {@link Tables} in state stores: in state, with a compacted changelog in Kafka that a new owner restores from.
 */
final class Stores {

    private static final String TAGS = "tags";
    private static final String PENDING = "pending";
    private static final String FEEDS = "feeds";
    private static final String DECLARED = "declared";
    private static final String STATES = "memories";
    private static final String WANTED = "wanted";
    private static final String WAKEUPS = "wakeups";
    private static final String DEFERRED = "backlogs";
    private static final String CONTROLS = "controls";
    private static final String OWNERS = "owners";
    private static final String TENURES = "tenures";
    private static final String POSITIONS = "positions";

    static final Set<String> NAMES = Set.of(
            TAGS, PENDING, FEEDS, DECLARED, STATES, WANTED, WAKEUPS, DEFERRED, CONTROLS, OWNERS, TENURES, POSITIONS);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Stores() {}

    static Set<StoreBuilder<?>> builders() {
        return Set.of(
                builder(TAGS, TagSerde.known()),
                builder(PENDING, TagSerde.pending()),
                builder(FEEDS, json(FeedState.class)),
                builder(DECLARED, events()),
                builder(STATES, json(PolicyState.class)),
                builder(WANTED, events()),
                builder(WAKEUPS, json(Wakeup.class)),
                builder(DEFERRED, json(Deferred.class)),
                builder(CONTROLS, events()),
                builder(OWNERS, Serdes.Long()),
                builder(TENURES, json(Tenure.class)),
                builder(POSITIONS, Serdes.Long()));
    }

    static Tables tables(ProcessorContext<?, ?> context) {
        return new Tables(
                table(context, TAGS),
                table(context, PENDING),
                table(context, FEEDS),
                table(context, DECLARED),
                table(context, STATES),
                table(context, WANTED),
                table(context, WAKEUPS),
                table(context, DEFERRED),
                table(context, CONTROLS),
                table(context, OWNERS),
                table(context, TENURES),
                table(context, POSITIONS));
    }

    private static <V> StoreTable<V> table(ProcessorContext<?, ?> context, String name) {
        KeyValueStore<String, V> store = context.getStateStore(name);
        return new StoreTable<>(store);
    }

    private static Serde<Envelope<?>> events() {
        return Serdes.serdeFrom(new EventSerializer(), new EventDeserializer());
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

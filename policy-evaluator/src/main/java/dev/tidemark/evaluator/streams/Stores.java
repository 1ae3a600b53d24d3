package dev.tidemark.evaluator.streams;

import dev.tidemark.evaluation.table.Deferred;
import dev.tidemark.evaluation.table.FeedState;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.evaluation.table.TagPage;
import dev.tidemark.evaluation.table.Tenure;
import dev.tidemark.evaluation.table.Wakeup;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;
import dev.tidemark.events.ValueCodec;
import dev.tidemark.events.ValueCodec.Stored;
import dev.tidemark.events.kafka.EventSerializer;
import dev.tidemark.runtime.log.EventReader;
import dev.tidemark.runtime.memory.HeapNeed;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * {@link Tables} in state stores: in state, with a compacted changelog in Kafka that a new owner restores from.
 */
final class Stores {

    /** Of one that a record of its own tells of. Reckoned: a key of 80 characters (the feed and the tag), 60 of value, and what a sorted map adds to both. */
    private static final int BYTES_PER_TAG = 300;

    /** Reckoned likewise, with a policy or two that select from it. */
    private static final int BYTES_PER_FEED = 2048;

    private static final String TAGS = "tags";
    private static final String PAGES = "pages";
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
            TAGS, PAGES, PENDING, FEEDS, DECLARED, STATES, WANTED, WAKEUPS, DEFERRED, CONTROLS, OWNERS, TENURES,
            POSITIONS);

    private Stores() {}

    /** @param reader says what only a newer build knows */
    static Set<StoreBuilder<?>> builders(EventReader reader) {
        return Set.of(
                builder(TAGS, TagSerde.known()),
                builder(PAGES, TagSerde.page()),
                builder(PENDING, TagSerde.pending()),
                builder(FEEDS, keeping(FeedState.class)),
                builder(DECLARED, events(reader, Topic.POLICY_DECLARED)),
                builder(STATES, keeping(PolicyState.class)),
                builder(WANTED, events(reader, Topic.TAG_CHECK_WANTED)),
                builder(WAKEUPS, json(Wakeup.class)),
                builder(DEFERRED, json(Deferred.class)),
                builder(CONTROLS, events(reader, Topic.CONTROL_REQUESTED)),
                builder(OWNERS, Serdes.Long()),
                builder(TENURES, keeping(Tenure.class)),
                builder(POSITIONS, Serdes.Long()));
    }

    static Tables tables(ProcessorContext<?, ?> context) {
        return new Tables(
                table(context, TAGS),
                table(context, PAGES),
                table(context, PENDING),
                keeping(context, FEEDS),
                table(context, DECLARED),
                keeping(context, STATES),
                table(context, WANTED),
                table(context, WAKEUPS),
                table(context, DEFERRED),
                table(context, CONTROLS),
                table(context, OWNERS),
                keeping(context, TENURES),
                table(context, POSITIONS));
    }

    static HeapNeed heapNeed(KafkaStreams streams) {
        long feeds = entries(streams, FEEDS);
        long beside = entries(streams, TAGS) + entries(streams, PENDING);
        long inPages = 0;
        long pages = 0;
        try (KeyValueIterator<String, TagPage> all =
                Stores.<TagPage>store(streams, PAGES).all()) {
            while (all.hasNext()) {
                TagPage page = all.next().value;
                inPages += page.size();
                pages += page.bytes().length;
            }
        }
        return new HeapNeed(
                "policy-evaluator", feeds, inPages + beside, feeds * BYTES_PER_FEED + pages + beside * BYTES_PER_TAG);
    }

    private static long entries(KafkaStreams streams, String store) {
        return store(streams, store).approximateNumEntries();
    }

    private static <V> ReadOnlyKeyValueStore<String, V> store(KafkaStreams streams, String name) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    }

    private static <V> StoreTable<V> table(ProcessorContext<?, ?> context, String name) {
        KeyValueStore<String, V> store = context.getStateStore(name);
        return new StoreTable<>(store);
    }

    private static <V> Table<V> keeping(ProcessorContext<?, ?> context, String name) {
        return new KeepingTable<>(table(context, name));
    }

    /** Events of the log, which say themselves what of them was not understood. */
    private static Serde<Envelope<?>> events(EventReader reader, Topic topic) {
        return Serdes.serdeFrom(
                new EventSerializer(),
                (name, bytes) ->
                        bytes == null ? null : reader.read(topic, bytes).orElse(null));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    /** Values that are changed and put back. */
    private static <V> Serde<Stored<V>> keeping(Class<V> type) {
        ValueCodec<V> codec = new ValueCodec<>(type);
        return Serdes.serdeFrom(
                (topic, stored) -> stored == null ? null : codec.write(stored),
                (topic, bytes) -> bytes == null ? null : codec.read(bytes));
    }

    /** Values that are replaced by others as a whole. */
    private static <V> Serde<V> json(Class<V> type) {
        ValueCodec<V> codec = new ValueCodec<>(type);
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : codec.write(new Stored<>(value, null)),
                (topic, bytes) -> bytes == null ? null : codec.read(bytes).value());
    }
}

package dev.tidemark.evaluator.streams;

import dev.tidemark.evaluation.table.Table;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A table in a state store. A value that only a newer build knows is not there, and stays in the store. */
record StoreTable<V>(KeyValueStore<String, V> store) implements Table<V> {

    @Override
    public @Nullable V get(String key) {
        return store.get(key);
    }

    @Override
    public void put(String key, V value) {
        store.put(key, value);
    }

    @Override
    public @Nullable V delete(String key) {
        return store.delete(key);
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, V> visitor) {
        try (KeyValueIterator<String, V> entries =
                prefix.isEmpty() ? store.all() : store.prefixScan(prefix, new StringSerializer())) {
            entries.forEachRemaining(entry -> {
                if (entry.value != null) {
                    visitor.accept(entry.key, entry.value);
                }
            });
        }
    }

    @Override
    public void forSome(String prefix, String after, int limit, BiConsumer<String, V> visitor) {
        // inclusive at both ends; no key is a prefix, and none is the text behind all that begin with one
        try (KeyValueIterator<String, V> entries = store.range(prefix + after, behind(prefix))) {
            for (int seen = 0; seen < limit && entries.hasNext(); ) {
                KeyValue<String, V> entry = entries.next();
                if (entry.value != null && !entry.key.equals(prefix + after)) {
                    visitor.accept(entry.key, entry.value);
                    seen++;
                }
            }
        }
    }

    private static String behind(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }
}

package dev.tidemark.evaluation.table;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A table that lasts as long as a replay. */
public final class HeapTable<V> implements Table<V> {

    private final TreeMap<String, V> entries = new TreeMap<>();

    /** Empty tables. */
    public static Tables tables() {
        return new Tables(
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>(),
                new HeapTable<>());
    }

    @Override
    public @Nullable V get(String key) {
        return entries.get(key);
    }

    @Override
    public void put(String key, V value) {
        entries.put(key, value);
    }

    @Override
    public @Nullable V delete(String key) {
        return entries.remove(key);
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, V> visitor) {
        for (Map.Entry<String, V> entry : entries.tailMap(prefix, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                return;
            }
            visitor.accept(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public void forSome(String prefix, String after, int limit, BiConsumer<String, V> visitor) {
        int seen = 0;
        for (Map.Entry<String, V> entry : entries.tailMap(prefix + after, false).entrySet()) {
            if (seen == limit || !entry.getKey().startsWith(prefix)) {
                return;
            }
            visitor.accept(entry.getKey(), entry.getValue());
            seen++;
        }
    }
}

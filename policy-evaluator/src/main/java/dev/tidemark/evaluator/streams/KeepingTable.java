package dev.tidemark.evaluator.streams;

import dev.tidemark.evaluation.table.Table;
import dev.tidemark.events.Unread;
import dev.tidemark.events.ValueCodec.Stored;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A table whose values are changed and put back: what a newer build keeps in one, and this one does not understand, is put
 * back with it. Whoever changes a value has read it here; few are of a newer build.
 */
final class KeepingTable<V> implements Table<V> {

    private final Table<Stored<V>> table;
    private final Map<String, Unread> newer = new HashMap<>();

    KeepingTable(Table<Stored<V>> table) {
        this.table = table;
    }

    @Override
    public @Nullable V get(String key) {
        Stored<V> stored = table.get(key);
        return stored == null ? null : read(key, stored);
    }

    @Override
    public void put(String key, V value) {
        table.put(key, new Stored<>(value, newer.get(key)));
    }

    @Override
    public @Nullable V delete(String key) {
        newer.remove(key);
        Stored<V> stored = table.delete(key);
        return stored == null ? null : stored.value();
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, V> visitor) {
        table.forEach(prefix, (key, stored) -> visitor.accept(key, read(key, stored)));
    }

    @Override
    public void forSome(String prefix, String after, int limit, BiConsumer<String, V> visitor) {
        table.forSome(prefix, after, limit, (key, stored) -> visitor.accept(key, read(key, stored)));
    }

    private V read(String key, Stored<V> stored) {
        if (stored.unread() != null) {
            newer.put(key, stored.unread());
        }
        return stored.value();
    }
}

package dev.tidemark.evaluation.table;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Remembered values by key: a state store of the topology, or a map in a replay. Used by one thread. */
public interface Table<V> {

    @Nullable
    V get(String key);

    void put(String key, V value);

    /** @return what was there */
    @Nullable
    V delete(String key);

    /** Shows the entries whose key begins with {@code prefix}, in the order of the keys. Not to be changed meanwhile. */
    void forEach(String prefix, BiConsumer<String, V> visitor);

    /** Shows at most {@code limit} of those behind the key {@code prefix + after}, for work that goes on in slices. */
    void forSome(String prefix, String after, int limit, BiConsumer<String, V> visitor);
}

package dev.tidemark.gotemplates.value;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map whose Go type is not {@code map[string]interface {}}, such as {@code map[string]string} or a map keyed by a
 * host object. A view of the given map.
 */
public final class TypedMap extends AbstractMap<Object, @Nullable Object> {
    private final GoType type;
    private final Map<Object, @Nullable Object> entries;

    private TypedMap(GoType type, Map<Object, @Nullable Object> entries) {
        this.type = type;
        this.entries = entries;
    }

    @SuppressWarnings("unchecked")
    public static TypedMap of(GoType type, Map<?, ? extends @Nullable Object> entries) {
        return new TypedMap(type, (Map<Object, @Nullable Object>) entries);
    }

    /** A {@code map[string]string}. */
    public static TypedMap strings(Map<String, String> entries) {
        return of(GoType.STRING_MAP, entries);
    }

    public GoType type() {
        return type;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return entries.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return entries.containsKey(key);
    }

    @Override
    public @Nullable Object put(Object key, @Nullable Object value) {
        return entries.put(key, value);
    }

    @Override
    public Set<Map.Entry<Object, @Nullable Object>> entrySet() {
        return entries.entrySet();
    }
}

package dev.tidemark.renderer.domain;

import dev.tidemark.go.json.JsonNumber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON values as plain Java: null, Boolean, Long, Double, String, unmodifiable List and Map. */
public final class Json {

    private Json() {}

    /** A deep copy with integers as Long and other numbers as Double; a Go program would see the same. */
    public static @Nullable Object copy(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> object(map);
            case List<?> list -> list(list);
            case Number number -> JsonNumber.value(number);
            default -> value;
        };
    }

    /** A deep copy of an object, keys sorted. */
    public static Map<String, @Nullable Object> object(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new TreeMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), copy(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static List<@Nullable Object> list(List<?> list) {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(copy(element)));
        return Collections.unmodifiableList(copy);
    }
}

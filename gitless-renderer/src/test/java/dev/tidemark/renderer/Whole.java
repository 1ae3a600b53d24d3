package dev.tidemark.renderer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes 1 and 1.0 the same, as JSON values are compared. */
public final class Whole {

    private Whole() {}

    public static Object numbers(@Nullable Object value) {
        return switch (value) {
            case null -> "<null>";
            case Map<?, ?> map -> {
                Map<String, Object> copy = new TreeMap<>();
                map.forEach((key, member) -> copy.put(String.valueOf(key), numbers(member)));
                yield copy;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(member -> copy.add(numbers(member)));
                yield copy;
            }
            case Number number -> number.doubleValue();
            default -> value;
        };
    }
}

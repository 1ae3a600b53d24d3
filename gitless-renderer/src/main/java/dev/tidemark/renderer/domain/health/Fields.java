package dev.tidemark.renderer.domain.health;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object that anybody may have written: what is absent or of another type is not there. */
record Fields(Map<?, ?> json) {

    Fields in(String member) {
        return new Fields(json.get(member) instanceof Map<?, ?> map ? map : Map.of());
    }

    boolean has(String member) {
        return json.get(member) != null;
    }

    String text(String member) {
        return json.get(member) instanceof String text ? text : "";
    }

    boolean isTrue(String member) {
        return Boolean.TRUE.equals(json.get(member));
    }

    /** Zero where it is not there. */
    long number(String member) {
        return number(member, 0);
    }

    long number(String member, long absent) {
        return json.get(member) instanceof Number number ? number.longValue() : absent;
    }

    List<Fields> list(String member) {
        return json.get(member) instanceof List<?> list
                ? list.stream()
                        .map(element -> new Fields(element instanceof Map<?, ?> map ? map : Map.of()))
                        .toList()
                : List.of();
    }

    /** Of a status. */
    Optional<Fields> condition(String type) {
        return list("conditions").stream()
                .filter(condition -> condition.text("type").equals(type))
                .findFirst();
    }

    boolean hasCondition(String type, String status) {
        return condition(type)
                .filter(found -> found.text("status").equals(status))
                .isPresent();
    }

    /** Null where it is none. */
    @Nullable
    Instant time(String member) {
        try {
            return Instant.parse(text(member));
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    /** Of a condition: its message, or its reason where it has none. */
    String words() {
        return text("message").isEmpty() ? text("reason") : text("message");
    }
}

package dev.tidemark.watcher.hook;

import dev.tidemark.go.json.JsonException;
import dev.tidemark.go.json.JsonReader;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole body as plain values, for conditions. */
final class PayloadValues {

    /** A value costs some tens of bytes on the heap however short it is written; a registry's event has hundreds. */
    static final int MAX_VALUES = 100_000;

    private PayloadValues() {}

    /** Ends the reading of a body with more values. */
    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("more than " + MAX_VALUES + " values", null, false, false);
        }
    }

    /**
     * The members of the object that the body begins with; null has none. Empty for anything else, for a number that Go
     * cannot hold, and for more than {@link #MAX_VALUES} values.
     */
    static Optional<Map<String, @Nullable Object>> members(byte[] body) {
        int[] values = {0};
        try {
            Object value = JsonReader.first(body, JsonReader.Numbers.KUBERNETES, (depth, size) -> {
                if (++values[0] > MAX_VALUES) {
                    throw new TooMany();
                }
            });
            return switch (value) {
                case null -> Optional.of(Map.of());
                case Map<?, ?> object -> Optional.of(cast(object));
                default -> Optional.empty();
            };
        } catch (JsonException | TooMany refused) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // names are texts
    private static Map<String, @Nullable Object> cast(Map<?, ?> object) {
        return (Map<String, @Nullable Object>) object;
    }
}

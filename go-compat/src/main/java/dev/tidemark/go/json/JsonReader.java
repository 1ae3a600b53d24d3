package dev.tidemark.go.json;

import dev.tidemark.go.strconv.GoFloat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that anybody may have sent as Go's {@code encoding/json} does, into null, {@link Boolean}, {@link Number},
 * {@link String}, {@link List} and {@link Map}. One pass without recursion: a text may nest as deep as Go reads.
 */
public final class JsonReader {

    /** Which numbers become of those that are written. */
    public enum Numbers {
        /** {@code int64} where one fits, else {@code float64}, see {@link JsonNumber}. */
        KUBERNETES,
        /** {@code float64} alone, what an {@code interface {}} gets of {@code json.Unmarshal}. */
        PLAIN
    }

    /** Asked before each value is kept; it throws to end the reading. */
    @FunctionalInterface
    public interface Bound {

        Bound NONE = (depth, size) -> {};

        /**
         * A value is about to be kept.
         *
         * @param depth how many objects and arrays it is in
         * @param size how many members or elements the innermost of them has with it
         */
        void admit(int depth, int size);
    }

    private final byte[] text;
    private final Numbers numbers;
    private final Bound bound;
    private final Deque<Container> open = new ArrayDeque<>();
    private @Nullable Object root;

    private JsonReader(byte[] text, Numbers numbers, Bound bound) {
        this.text = text;
        this.numbers = numbers;
        this.bound = bound;
    }

    /** An object or array that is being read. */
    private static final class Container {
        private final @Nullable Map<String, @Nullable Object> members;
        private final @Nullable List<@Nullable Object> elements;
        private @Nullable String name;
        private int size;

        Container(boolean object) {
            this.members = object ? new LinkedHashMap<>() : null;
            this.elements = object ? null : new ArrayList<>();
        }

        Object value() {
            return members != null ? members : elements != null ? elements : "";
        }

        boolean expectsName() {
            return members != null && name == null;
        }

        void add(@Nullable Object value) {
            if (elements != null) {
                elements.add(value);
            } else if (members != null && name != null) {
                members.put(name, value);
                name = null;
            }
        }
    }

    /**
     * One value and nothing else, as {@code json.Unmarshal} wants it.
     *
     * @throws JsonException if the text is no JSON
     */
    public static @Nullable Object whole(byte[] text, Numbers numbers, Bound bound) {
        int end = JsonScanner.end(text, 0);
        int rest = end < 0 ? end : JsonScanner.skipSpace(text, end);
        return read(text, rest == text.length ? end : rest < 0 ? rest : ~rest, numbers, bound);
    }

    /**
     * The value that the text begins with, as {@code json.Decoder} reads it.
     *
     * @throws JsonException if the text does not begin with JSON
     */
    public static @Nullable Object first(byte[] text, Numbers numbers, Bound bound) {
        return read(text, JsonScanner.end(text, 0), numbers, bound);
    }

    private static @Nullable Object read(byte[] text, int end, Numbers numbers, Bound bound) {
        if (end < 0) {
            throw new JsonException(
                    ~end >= text.length
                            ? "unexpected end of JSON input"
                            : "invalid character %s at byte %d".formatted(shown(text[~end]), ~end + 1));
        }
        JsonReader reader = new JsonReader(text, numbers, bound);
        reader.read(end);
        return reader.root;
    }

    private static String shown(byte b) {
        return b > ' ' && b < 0x7F ? "'" + (char) b + "'" : "0x%02x".formatted(b & 0xFF);
    }

    private void read(int end) {
        int at = 0;
        while (at < end) {
            byte b = text[at];
            if (b == '{' || b == '[') {
                Container container = new Container(b == '{');
                add(container.value());
                open.push(container);
                at++;
            } else if (b == '}' || b == ']') {
                open.pop();
                at++;
            } else if (b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == ',' || b == ':') {
                at++;
            } else {
                int behind = JsonScanner.end(text, at);
                scalar(b, at, behind);
                at = behind;
            }
        }
    }

    private void scalar(byte first, int from, int to) {
        Container in = open.peek();
        if (in != null && in.expectsName()) {
            in.name = JsonStrings.decode(text, from + 1, to - 1);
            return;
        }
        switch (first) {
            case '"' -> add(JsonStrings.decode(text, from + 1, to - 1));
            case 't' -> add(true);
            case 'f' -> add(false);
            case 'n' -> add(null);
            default -> add(number(new String(text, from, to - from, StandardCharsets.ISO_8859_1)));
        }
    }

    private Number number(String written) {
        try {
            return switch (numbers) {
                case KUBERNETES -> JsonNumber.value(written);
                case PLAIN -> GoFloat.parse(written);
            };
        } catch (NumberFormatException tooLarge) {
            throw new JsonException("json: cannot unmarshal number " + written + " into Go value of type float64");
        }
    }

    private void add(@Nullable Object value) {
        Container in = open.peek();
        if (in == null) {
            bound.admit(0, 1);
            root = value;
        } else {
            bound.admit(open.size(), ++in.size);
            in.add(value);
        }
    }
}

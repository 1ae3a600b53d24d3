package dev.tidemark.watcher.hook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole body as plain values, for conditions: one pass without recursion, since bodies may nest as deep as Go reads. */
final class JsonValues {

    /** A value costs some tens of bytes on the heap however short it is written; a registry's event has hundreds. */
    static final int MAX_VALUES = 100_000;

    private final byte[] text;
    private final Deque<Container> open = new ArrayDeque<>();
    private @Nullable Object root;
    private int values;

    private JsonValues(byte[] text) {
        this.text = text;
    }

    /** An object or array that is being read. */
    private static final class Container {
        private final @Nullable Map<String, @Nullable Object> members;
        private final @Nullable List<@Nullable Object> elements;
        private @Nullable String name;

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
     * The members of the object that the body begins with; null has none. Empty for anything else, for a number that Go
     * cannot hold, and for more than {@link #MAX_VALUES} values.
     */
    static Optional<Map<String, @Nullable Object>> members(byte[] body) {
        int end = JsonScanner.end(body, 0);
        if (end < 0) {
            return Optional.empty();
        }
        JsonValues values = new JsonValues(body);
        return values.read(end) && values.root instanceof Map<?, ?> object
                ? Optional.of(cast(object))
                : Optional.<Map<String, @Nullable Object>>of(Map.of()).filter(none -> values.isNull());
    }

    @SuppressWarnings("unchecked") // every name is a text, see Container
    private static Map<String, @Nullable Object> cast(Map<?, ?> object) {
        return (Map<String, @Nullable Object>) object;
    }

    private boolean isNull() {
        return root == null && values == 1;
    }

    private boolean read(int end) {
        int at = 0;
        while (at < end) {
            byte b = text[at];
            if (b == '{' || b == '[') {
                Container container = new Container(b == '{');
                if (!add(container.value())) {
                    return false;
                }
                open.push(container);
                at++;
            } else if (b == '}' || b == ']') {
                open.pop();
                at++;
            } else if (b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == ',' || b == ':') {
                at++;
            } else {
                int behind = JsonScanner.end(text, at);
                if (!scalar(b, at, behind)) {
                    return false;
                }
                at = behind;
            }
        }
        return true;
    }

    private boolean scalar(byte first, int from, int to) {
        Container in = open.peek();
        if (in != null && in.expectsName()) {
            in.name = JsonText.decode(text, from + 1, to - 1);
            return true;
        }
        return switch (first) {
            case '"' -> add(JsonText.decode(text, from + 1, to - 1));
            case 't' -> add(true);
            case 'f' -> add(false);
            case 'n' -> add(null);
            default -> number(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
        };
    }

    /** Whole numbers are {@link Long}, larger ones and fractions {@link Double}. */
    private boolean number(String written) {
        try {
            return add(Long.parseLong(written));
        } catch (NumberFormatException noLong) {
            double number = Double.parseDouble(written);
            return Double.isFinite(number) && add(number);
        }
    }

    private boolean add(@Nullable Object value) {
        Container in = open.peek();
        if (in == null) {
            root = value;
        } else {
            in.add(value);
        }
        return ++values <= MAX_VALUES;
    }
}

package dev.tidemark.watcher.hook;

import dev.tidemark.go.json.JsonScanner;
import dev.tidemark.go.json.JsonStrings;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that anybody may have sent, as Go's {@code encoding/json} reads it. A view of the bytes: looking at a
 * member reads on from there and keeps nothing, so that a large body costs no more memory than it has.
 */
final class Json {

    private final byte[] text;
    private final int start;
    private final int end;

    private Json(byte[] text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
    }

    /** One value and nothing else (Go's {@code Unmarshal}), or empty. */
    static Optional<Json> whole(byte[] body) {
        return first(body).filter(json -> JsonScanner.skipSpace(body, json.end) == body.length);
    }

    /** The value that the body begins with (Go's {@code Decoder}), or empty. */
    static Optional<Json> first(byte[] body) {
        int end = JsonScanner.end(body, 0);
        return end < 0 ? Optional.empty() : Optional.of(new Json(body, JsonScanner.skipSpace(body, 0), end));
    }

    boolean isObject() {
        return text[start] == '{';
    }

    boolean isArray() {
        return text[start] == '[';
    }

    boolean isText() {
        return text[start] == '"';
    }

    boolean isNull() {
        return text[start] == 'n';
    }

    /** The text, empty for every other value. */
    String text() {
        return isText() ? JsonStrings.decode(text, start + 1, end - 1) : "";
    }

    /** The value as it is written. */
    String raw() {
        return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** A member's name, as it is written. */
    static final class Name {

        private final byte[] text;
        private final int start;
        private final int end;

        Name(byte[] text, int start, int end) {
            this.text = text;
            this.start = start;
            this.end = end;
        }

        /** Which of these fields it means to Go, whatever its case; null for none. Allocates nothing for usual names. */
        @Nullable
        String among(Collection<String> fields) {
            if (!JsonStrings.isPlain(text, start, end)) {
                return decodedAmong(fields);
            }
            for (String field : fields) {
                if (isPlainly(field)) {
                    return field;
                }
            }
            return null;
        }

        private @Nullable String decodedAmong(Collection<String> fields) {
            String field = folded(JsonStrings.decode(text, start, end));
            return fields.contains(field) ? field : null;
        }

        private boolean isPlainly(String field) {
            if (field.length() != end - start) {
                return false;
            }
            for (int i = 0; i < field.length(); i++) {
                byte b = text[start + i];
                if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != field.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Shows the members in their order until one is not wanted; false when that was so. Another value has none. */
    boolean eachMember(BiPredicate<Name, Json> wanted) {
        if (!isObject()) {
            return true;
        }
        int at = JsonScanner.skipSpace(text, start + 1);
        while (text[at] != '}') {
            int nameEnd = JsonScanner.end(text, at);
            Name name = new Name(text, at + 1, nameEnd - 1);
            int valueStart = JsonScanner.skipSpace(text, JsonScanner.skipSpace(text, nameEnd) + 1);
            int valueEnd = JsonScanner.end(text, valueStart);
            if (!wanted.test(name, new Json(text, valueStart, valueEnd))) {
                return false;
            }
            at = behindComma(valueEnd);
        }
        return true;
    }

    /** Shows the elements until one is not wanted; false when that was so. Another value has none. */
    boolean eachElement(Predicate<Json> wanted) {
        if (!isArray()) {
            return true;
        }
        int at = JsonScanner.skipSpace(text, start + 1);
        while (text[at] != ']') {
            int valueEnd = JsonScanner.end(text, at);
            if (!wanted.test(new Json(text, at, valueEnd))) {
                return false;
            }
            at = behindComma(valueEnd);
        }
        return true;
    }

    private int behindComma(int valueEnd) {
        int at = JsonScanner.skipSpace(text, valueEnd);
        return text[at] == ',' ? JsonScanner.skipSpace(text, at + 1) : at;
    }

    /**
     * Members by name, as Go fills the fields of a struct: names count whatever their case, the last one wins, and null
     * changes nothing. One pass, whatever is asked for.
     *
     * @param names lower case
     */
    Map<String, Json> fields(List<String> names) {
        Map<String, Json> found = new HashMap<>();
        var unused = eachMember((name, value) -> {
            String field = name.among(names);
            if (field != null && !value.isNull()) {
                found.put(field, value);
            }
            return true;
        });
        return found;
    }

    /** Lower case for names of ASCII letters as Go compares them: two signs beyond ASCII count as letters. */
    static String folded(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c == '\u212A' ? 'k' : c == '\u017F' ? 's' : c);
        }
        return out.toString();
    }
}

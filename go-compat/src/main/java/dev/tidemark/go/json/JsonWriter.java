package dev.tidemark.go.json;

import dev.tidemark.go.strconv.FloatText;
import dev.tidemark.go.text.Utf8;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as {@code encoding/json} does, byte for byte. */
public final class JsonWriter {

    private final DocumentOutput out;
    private final boolean escapesHtml;
    private final String indent;
    private int depth;

    private JsonWriter(DocumentOutput out, boolean escapesHtml, String indent) {
        this.out = out;
        this.escapesHtml = escapesHtml;
        this.indent = indent;
    }

    /** As {@code json.Marshal} gives it: on one line, what HTML would misread is escaped. */
    public static String compact(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, true, "", text::append);
        return text.toString();
    }

    /** As {@code kubectl -o json} prints it, without the end of the last line. */
    public static String indented(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, true, "    ", text::append);
        return text.toString();
    }

    /**
     * Writes a value.
     *
     * @param indent of each level; empty for everything on one line
     * @throws IllegalArgumentException for a number that JSON has no word for
     */
    public static void write(@Nullable Object value, boolean escapesHtml, String indent, DocumentOutput out) {
        new JsonWriter(out, escapesHtml, indent).value(value);
    }

    private void value(@Nullable Object given) {
        out.begin();
        Object value = out.view(given);
        switch (value) {
            case null -> out.append("null");
            case Number number -> out.append(number(number));
            case Map<?, ?> map -> {
                boolean any = false;
                open("{");
                for (Map.Entry<String, @Nullable Object> member : members(map)) {
                    next(any);
                    any = true;
                    JsonText.quote(member.getKey(), escapesHtml, out);
                    out.append(indent.isEmpty() ? ":" : ": ");
                    value(member.getValue());
                }
                close(any, "}");
            }
            case Iterable<?> list -> {
                boolean any = false;
                open("[");
                for (Object element : list) {
                    next(any);
                    any = true;
                    value(element);
                }
                close(any, "]");
            }
            case Boolean flag -> out.append(flag.toString());
            default -> JsonText.quote(value.toString(), escapesHtml, out);
        }
        out.end();
    }

    private void open(String bracket) {
        out.append(bracket);
        depth++;
    }

    private void next(boolean any) {
        if (any) {
            out.append(",");
        }
        line();
    }

    private void close(boolean any, String bracket) {
        depth--;
        if (any) {
            line();
        }
        out.append(bracket);
    }

    private void line() {
        if (!indent.isEmpty()) {
            out.append("\n");
            for (int i = 0; i < depth; i++) {
                out.append(indent);
            }
        }
    }

    /** The members by their names as Go orders texts; those of a {@link Struct} in their order. */
    public static List<Map.Entry<String, @Nullable Object>> members(Map<?, ?> map) {
        List<Map.Entry<String, @Nullable Object>> members = new ArrayList<>(map.size());
        map.forEach((key, value) -> members.add(new SimpleEntry<>(String.valueOf(key), value)));
        if (!(map instanceof Struct)) {
            members.sort(Map.Entry.comparingByKey(Utf8.ORDER));
        }
        return members;
    }

    /** As Kubernetes holds it: whole where a word does, else a double. */
    public static String number(Number number) {
        Number held = number instanceof Unsigned ? number : JsonNumber.value(number);
        return held instanceof Double fraction ? FloatText.json(fraction) : held.toString();
    }
}

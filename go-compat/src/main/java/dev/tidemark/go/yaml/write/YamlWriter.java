package dev.tidemark.go.yaml.write;

import dev.tidemark.go.json.DocumentOutput;
import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.go.strconv.FloatText;
import dev.tidemark.go.strconv.GoInt;
import dev.tidemark.go.text.Utf8;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as {@code sigs.k8s.io/yaml} does, byte for byte: as JSON first, which that reads as YAML and writes again.
 * Keys are sorted, lists not indented, texts in the style that Go chooses, numbers beyond 64 bits are doubles (spec
 * flux-gitless 1.11).
 */
public final class YamlWriter {

    private static final int INDENT = 2;
    private static final int UNSIGNED_BITS = 64;

    private final DocumentOutput out;
    private int column;

    private YamlWriter(DocumentOutput out) {
        this.out = out;
    }

    /**
     * The text, ending in a line end.
     *
     * @throws IllegalArgumentException for a number that JSON has no word for
     */
    public static String render(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text::append);
        return text.toString();
    }

    /** The same into an output; it nests as deep as the value does. */
    public static void write(@Nullable Object value, DocumentOutput out) {
        new YamlWriter(out).node(out.view(value), 0, false);
    }

    /**
     * Writes a node and ends its last line.
     *
     * @param indent of the block that the node would open
     * @param inLine whether something stands in the line already that a block goes on with
     */
    private void node(@Nullable Object value, int indent, boolean inLine) {
        out.begin();
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> mapping(map, indent, inLine);
            case Iterable<?> list when list.iterator().hasNext() -> sequence(list, indent, inLine);
            // A text alone in its document is indented as if it were in a block.
            case String text -> text(text, Math.max(indent, INDENT), false).append("\n");
            case null -> append("null\n");
            case Number number -> append(number(number)).append("\n");
            case Boolean flag -> append(flag.toString()).append("\n");
            case Map<?, ?> empty -> append("{}\n");
            case Iterable<?> empty -> append("[]\n");
            default -> text(value.toString(), Math.max(indent, INDENT), false).append("\n");
        }
        out.end();
    }

    private YamlWriter append(CharSequence piece) {
        out.append(piece);
        int line = piece.length();
        while (line > 0 && piece.charAt(line - 1) != '\n') {
            line--;
        }
        column = piece.length() - line + (line == 0 ? column : 0);
        return this;
    }

    private void sequence(Iterable<?> list, int indent, boolean inLine) {
        boolean first = inLine;
        for (Object item : list) {
            append(first ? "" : " ".repeat(indent)).append("- ");
            first = false;
            node(out.view(item), indent + INDENT, true);
        }
    }

    private void mapping(Map<?, ?> map, int indent, boolean inLine) {
        boolean first = inLine;
        for (Map.Entry<String, @Nullable Object> entry : sorted(map)) {
            append(first ? "" : " ".repeat(indent));
            first = false;
            boolean simple = key(entry.getKey(), indent);
            Object value = out.view(entry.getValue());
            if (simple && isBlock(value)) {
                append("\n");
                node(value, value instanceof Iterable<?> ? indent : indent + INDENT, false);
            } else {
                append(" ");
                node(value, indent + INDENT, true);
            }
        }
    }

    private static boolean isBlock(@Nullable Object value) {
        return (value instanceof Map<?, ?> map && !map.isEmpty())
                || (value instanceof Iterable<?> list && list.iterator().hasNext());
    }

    private boolean key(String key, int indent) {
        boolean simple = YamlScalar.isSimpleKey(key);
        if (simple) {
            text(key, indent, true).append(":");
        } else {
            append("? ").text(key, indent + INDENT, false).append("\n").append(" ".repeat(indent) + ":");
        }
        return simple;
    }

    private YamlWriter text(String text, int indent, boolean key) {
        return append(YamlScalar.of(text, column, indent, key));
    }

    private static List<Map.Entry<String, @Nullable Object>> sorted(Map<?, ?> map) {
        List<Map.Entry<String, @Nullable Object>> entries = new ArrayList<>(JsonWriter.members(map));
        entries.sort(Map.Entry.comparingByKey(Utf8.ORDER));
        YamlKeys.sort(entries);
        return entries;
    }

    /** JSON's text of a number as YAML reads it: what fits a word is an integer, anything else a double. */
    private static String number(Number number) {
        String json = JsonWriter.number(number);
        BigInteger whole = GoInt.parse(json);
        if (whole != null && whole.bitLength() < (whole.signum() < 0 ? Long.SIZE : UNSIGNED_BITS + 1)) {
            return whole.toString();
        }
        return FloatText.of(number.doubleValue());
    }
}

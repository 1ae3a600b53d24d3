package dev.tidemark.cli.tree;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees as JSON. */
public final class Json {

    private static final String STEP = "    ";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    private Json(boolean pretty) {
        this.pretty = pretty;
    }

    /** Without blanks, as JSONPath prints maps and lists. */
    public static String compact(@Nullable Object value) {
        Json json = new Json(false);
        json.write(value, "");
        return json.out.toString();
    }

    /** Indented as kubectl does. */
    public static String pretty(@Nullable Object value) {
        Json json = new Json(true);
        json.write(value, "\n");
        return json.out.toString();
    }

    private void write(@Nullable Object value, String lineBreak) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> writeMap(map, lineBreak);
            case Iterable<?> list -> writeList(list, lineBreak);
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> quote(String.valueOf(value));
        }
    }

    private void writeMap(Map<?, ?> map, String lineBreak) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        String inner = pretty ? lineBreak + STEP : "";
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            out.append(separator).append(inner);
            quote(String.valueOf(member.getKey()));
            out.append(pretty ? ": " : ":");
            write(member.getValue(), inner);
            separator = ",";
        }
        out.append(pretty ? lineBreak : "").append('}');
    }

    private void writeList(Iterable<?> list, String lineBreak) {
        Iterator<?> items = list.iterator();
        if (!items.hasNext()) {
            out.append("[]");
            return;
        }
        String inner = pretty ? lineBreak + STEP : "";
        out.append('[');
        while (items.hasNext()) {
            out.append(inner);
            write(items.next(), inner);
            out.append(items.hasNext() ? "," : "");
        }
        out.append(pretty ? lineBreak : "").append(']');
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}

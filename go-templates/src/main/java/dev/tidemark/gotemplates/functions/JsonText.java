package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.format.FloatText;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.Ordering;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.Utf8;
import dev.tidemark.gotemplates.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as Go's {@code encoding/json} does. */
final class JsonText {
    private static final double SMALLEST_PLAIN = 1e-6;
    private static final double LARGEST_PLAIN = 1e21;

    private final BoundedText out;
    private final boolean escapesHtml;
    private final String indent;
    private int depth;

    private JsonText(Budget budget, boolean escapesHtml, String indent) {
        this.out = new BoundedText(budget);
        this.escapesHtml = escapesHtml;
        this.indent = indent;
    }

    /**
     * Writes.
     *
     * @param indent of each level; empty for everything in one line
     * @throws FunctionException if JSON cannot hold the value
     */
    static String of(Budget budget, @Nullable Object value, boolean escapesHtml, String indent) {
        var text = new JsonText(budget, escapesHtml, indent);
        text.value(value);
        return text.out.toString();
    }

    private void value(@Nullable Object given) {
        out.budget().enter();
        Object value = Values.normal(given);
        switch (value) {
            case null -> out.append("null");
            case NoValue none -> out.append("null");
            case String s -> string(s);
            case Boolean b -> out.append(b.toString());
            case Long l -> out.append(l.toString());
            case GoInteger i -> out.append(i.toString());
            case Double d -> number(d);
            case List<?> list -> {
                var items = new Items('[', ']');
                for (Object element : list) {
                    items.next();
                    value(element);
                }
                items.end();
            }
            case Map<?, ?> map -> map(map);
            case TemplateObject object -> object(object);
            default -> throw new FunctionException("json: unsupported type: " + Values.typeName(value));
        }
        out.budget().leave();
    }

    /** The elements of an array or object, with separators and indentation. */
    private final class Items {
        private final char close;
        private boolean any;

        Items(char open, char close) {
            this.close = close;
            out.append(open);
            depth++;
        }

        void next() {
            if (any) {
                out.append(',');
            }
            any = true;
            line();
        }

        void key(String key) {
            next();
            string(key);
            out.append(indent.isEmpty() ? ":" : ": ");
        }

        void end() {
            depth--;
            if (any) {
                line();
            }
            out.append(close);
        }

        private void line() {
            if (!indent.isEmpty()) {
                out.append('\n').repeat(indent, depth);
            }
        }
    }

    private void map(Map<?, ?> map) {
        var items = new Items('{', '}');
        for (Map.Entry<Object, @Nullable Object> entry : Ordering.sorted(map)) {
            Object key = Values.normal(entry.getKey());
            if (!(key instanceof String) && Values.integer(key) == null) {
                throw new FunctionException("json: unsupported type: " + Values.typeName(map));
            }
            items.key(String.valueOf(key));
            value(entry.getValue());
        }
        items.end();
    }

    private void object(TemplateObject object) {
        StructType.Method<?> text = object.structType().method("MarshalText");
        if (text != null) {
            string(String.valueOf(StructType.call(text, object, List.of())));
            return;
        }
        Object plain = Values.plain(object);
        if (plain != object) {
            value(plain);
            return;
        }
        var items = new Items('{', '}');
        fields(items, object);
        items.end();
    }

    private void fields(Items items, TemplateObject object) {
        for (StructType.Field<?> field : object.structType().fields()) {
            Object value = StructType.read(field, object);
            if (field.embedded() && value instanceof TemplateObject inner) {
                fields(items, inner);
            } else {
                items.key(field.name());
                value(value);
            }
        }
    }

    private void number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new FunctionException("json: unsupported value: " + FloatText.of(value));
        }
        double magnitude = Math.abs(value);
        boolean plain = magnitude == 0 || (magnitude >= SMALLEST_PLAIN && magnitude < LARGEST_PLAIN);
        String text = FloatText.format(value, plain ? 'f' : 'e', -1);
        out.append(plain ? text : text.replace("e-0", "e-"));
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean escaped = c < ' '
                            || c == '\u2028'
                            || c == '\u2029'
                            || (escapesHtml && (c == '<' || c == '>' || c == '&'));
                    if (escaped) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else if (Utf8.isRawByte(text, i)) {
                        out.append("\\ufffd");
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}

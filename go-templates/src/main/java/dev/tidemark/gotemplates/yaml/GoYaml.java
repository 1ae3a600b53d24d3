package dev.tidemark.gotemplates.yaml;

import dev.tidemark.go.yaml.write.YamlKeys;
import dev.tidemark.go.yaml.write.YamlScalar;
import dev.tidemark.gotemplates.format.FloatText;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.limits.Bounds;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as YAML byte for byte like {@code sigs.k8s.io/yaml.Marshal}: keys sorted, lists not indented under
 * their key, texts quoted where YAML 1.1 would read them as something else, long lines folded at 80 columns.
 */
public final class GoYaml {
    private static final int INDENT = 2;
    private static final double UNSIGNED_LIMIT = 0x1p64;

    private final BoundedText out;

    private GoYaml(Budget budget) {
        this.out = new BoundedText(budget);
    }

    /**
     * The YAML text of JDK values, ending in a line end; within the default bounds.
     *
     * @throws IllegalArgumentException if YAML cannot hold a value, or it goes over a bound
     */
    public static String write(@Nullable Object value) {
        try {
            return write(
                    new Budget(Bounds.defaults().withSteps(Long.MAX_VALUE).withTextLength(Integer.MAX_VALUE)), value);
        } catch (FunctionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The same within a budget. */
    public static String write(Budget budget, @Nullable Object value) {
        var yaml = new GoYaml(budget);
        yaml.node(yaml.plain(value), 0, false, true);
        return yaml.out.toString();
    }

    /** JSON's view of a value: objects become maps of their fields. */
    private @Nullable Object plain(@Nullable Object given) {
        Object value = Values.normal(given);
        if (!(value instanceof TemplateObject object)) {
            return value;
        }
        Object under = object.structType().underlying(object);
        StructType.Method<?> text = object.structType().method("MarshalText");
        if (text != null) {
            return StructType.call(text, object, List.of());
        }
        if (under != object) {
            return under;
        }
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (StructType.Field<?> field : object.structType().fields()) {
            map.put(field.name(), StructType.read(field, object));
        }
        return map;
    }

    /**
     * Writes a node and ends its last line.
     *
     * @param indent of the block that the node would open
     * @param inLine something stands in the line already, to be followed by a blank or a new line
     * @param indented whether a list in here goes further to the right than what it belongs to
     */
    private void node(@Nullable Object value, int indent, boolean inLine, boolean indented) {
        out.budget().enter();
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map(map, indent, inLine && indented);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            list(list, indent, inLine && indented);
        } else {
            // A text alone in its document is indented as if it were in a block.
            scalar(value, Math.max(indent, INDENT), false);
            out.append('\n');
        }
        out.budget().leave();
    }

    private void map(Map<?, ?> map, int indent, boolean continuesLine) {
        boolean first = continuesLine;
        for (Map.Entry<String, @Nullable Object> entry : sorted(map)) {
            if (!first) {
                out.repeat(" ", indent);
            }
            first = false;
            String key = entry.getKey();
            boolean simple = YamlScalar.isSimpleKey(key);
            if (simple) {
                text(key, indent, true);
                out.append(':');
            } else {
                out.append("? ");
                text(key, indent + INDENT, false);
                out.append('\n').repeat(" ", indent).append(':');
            }
            Object value = plain(entry.getValue());
            boolean block =
                    (value instanceof Map<?, ?> m && !m.isEmpty()) || (value instanceof List<?> l && !l.isEmpty());
            if (block && simple) {
                out.append('\n');
                node(value, value instanceof List<?> ? indent : indent + INDENT, false, false);
            } else {
                out.append(' ');
                node(value, indent + INDENT, true, true);
            }
        }
    }

    private void list(List<?> list, int indent, boolean continuesLine) {
        boolean first = continuesLine;
        for (Object element : list) {
            if (!first) {
                out.repeat(" ", indent);
            }
            first = false;
            out.append("- ");
            node(plain(element), indent + INDENT, true, true);
        }
    }

    private void text(String text, int indent, boolean key) {
        int column = 0;
        while (column < out.length() && out.charAt(out.length() - 1 - column) != '\n') {
            column++;
        }
        out.append(YamlScalar.of(text, column, indent, key));
    }

    private void scalar(@Nullable Object value, int indent, boolean key) {
        switch (value) {
            case null -> out.append("null");
            case NoValue none -> out.append("null");
            case String text -> text(text, indent, key);
            case Boolean b -> out.append(b.toString());
            case Long l -> out.append(l.toString());
            case GoInteger i -> out.append(i.toString());
            case Double d -> out.append(number(d));
            case Map<?, ?> map -> out.append("{}");
            case List<?> list -> out.append("[]");
            default ->
                throw new FunctionException(
                        "error marshaling into JSON: json: unsupported type: " + Values.typeName(value));
        }
    }

    /** The number goes through JSON first, which turns whole floats into integers. */
    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new FunctionException("error marshaling into JSON: json: unsupported value: " + FloatText.of(value));
        }
        boolean whole = value == Math.rint(value) && value >= Long.MIN_VALUE && value < UNSIGNED_LIMIT;
        return whole && value != 0 ? FloatText.format(value, 'f', -1) : value == 0 ? "0" : FloatText.of(value);
    }

    private static List<Map.Entry<String, @Nullable Object>> sorted(Map<?, ?> map) {
        var entries = new ArrayList<Map.Entry<String, @Nullable Object>>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = Values.normal(entry.getKey());
            if (!(key instanceof String) && Values.integer(key) == null) {
                throw new FunctionException(
                        "error marshaling into JSON: json: unsupported type: " + Values.typeName(map));
            }
            entries.add(new java.util.AbstractMap.SimpleEntry<>(String.valueOf(key), entry.getValue()));
        }
        entries.sort(java.util.Comparator.comparing(Map.Entry::getKey));
        YamlKeys.sort(entries);
        return entries;
    }
}

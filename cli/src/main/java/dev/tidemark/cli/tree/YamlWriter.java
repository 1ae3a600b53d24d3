package dev.tidemark.cli.tree;

import dev.tidemark.go.yaml.YamlText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees as YAML as kubectl does: block style, lists not indented below their key. */
final class YamlWriter {

    private static final String STEP = "  ";

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    static String write(Object value) {
        YamlWriter writer = new YamlWriter();
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> writer.map(map, "", false);
            case List<?> list when !list.isEmpty() -> writer.list(list, "", false);
            default -> {
                writer.scalar(value);
                writer.out.append('\n');
            }
        }
        return writer.out.toString();
    }

    /** @param begun whether the first line has its indentation already */
    private void map(Map<?, ?> map, String indent, boolean begun) {
        boolean first = begun;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            out.append(first ? "" : indent)
                    .append(YamlText.scalar(String.valueOf(member.getKey())))
                    .append(':');
            first = false;
            switch (member.getValue()) {
                case Map<?, ?> inner
                when !inner.isEmpty() -> {
                    out.append('\n');
                    map(inner, indent + STEP, false);
                }
                case List<?> inner
                when !inner.isEmpty() -> {
                    out.append('\n');
                    list(inner, indent, false);
                }
                case null, default -> {
                    out.append(' ');
                    scalar(member.getValue());
                    out.append('\n');
                }
            }
        }
    }

    private void list(List<?> list, String indent, boolean begun) {
        boolean first = begun;
        for (Object item : list) {
            out.append(first ? "" : indent).append("- ");
            first = false;
            switch (item) {
                case Map<?, ?> inner when !inner.isEmpty() -> map(inner, indent + STEP, true);
                case List<?> inner when !inner.isEmpty() -> list(inner, indent + STEP, true);
                case null, default -> {
                    scalar(item);
                    out.append('\n');
                }
            }
        }
    }

    private void scalar(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> empty -> out.append("{}");
            case List<?> empty -> out.append("[]");
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> out.append(YamlText.scalar(value.toString()));
        }
    }
}

package dev.tidemark.cli.tree;

import dev.tidemark.flux.view.Tree;
import dev.tidemark.go.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * kubectl's JSONPath templates: text with {@code {expressions}}, {@code {range …}…{end}}, filters, slices, unions,
 * recursive descent. What is missing prints nothing, as kubectl does.
 */
public final class JsonPath {

    private final List<Part> parts;

    JsonPath(List<Part> parts) {
        this.parts = parts;
    }

    /** A piece of the template. */
    sealed interface Part {
        record Text(String text) implements Part {}

        record Print(Path path) implements Part {}

        record Range(Path path, List<Part> body) implements Part {}
    }

    /** @param fromRoot {@code $}: also inside a filter or a range it starts at the document */
    record Path(boolean fromRoot, List<Step> steps) {}

    /** A step from values to values. */
    sealed interface Step {
        record Member(List<String> names) implements Step {}

        record Every() implements Step {}

        record Anywhere() implements Step {}

        record Slice(@Nullable Integer from, @Nullable Integer to, int by) implements Step {}

        record Filter(Path left, String operator, @Nullable Operand right) implements Step {}
    }

    /** The right side of a filter. */
    sealed interface Operand {
        record Literal(Object value) implements Operand {}

        record Computed(Path path) implements Operand {}
    }

    /**
     * Reads a template; without any brace the whole text is one expression.
     *
     * @throws IllegalArgumentException says what is wrong and where
     */
    public static JsonPath parse(String template) {
        return new JsonPathParser(template.contains("{") ? template : '{' + template + '}').parse();
    }

    /** Fills the template from a document. */
    public String print(Object document) {
        StringBuilder out = new StringBuilder();
        print(parts, document, document, out);
        return out.toString();
    }

    private static void print(List<Part> parts, Object root, Object current, StringBuilder out) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> out.append(text.text());
                case Part.Print print ->
                    out.append(values(print.path(), root, current).stream()
                            .map(JsonPath::text)
                            .collect(Collectors.joining(" ")));
                case Part.Range range ->
                    values(range.path(), root, current).forEach(value -> print(range.body(), root, value, out));
            }
        }
    }

    private static String text(Object value) {
        return value instanceof Map || value instanceof Collection ? JsonWriter.compact(value) : Tree.shown(value);
    }

    private static List<Object> values(Path path, Object root, Object current) {
        List<Object> values = List.of(path.fromRoot() ? root : current);
        for (Step step : path.steps()) {
            List<Object> next = new ArrayList<>();
            for (Object value : values) {
                go(step, root, value, next);
            }
            values = next;
        }
        return values;
    }

    private static void go(Step step, Object root, Object value, List<Object> next) {
        switch (step) {
            case Step.Member member -> {
                if (value instanceof Map<?, ?> map) {
                    member.names().forEach(name -> add(map.get(name), next));
                }
            }
            case Step.Every _ -> children(value).forEach(child -> add(child, next));
            case Step.Anywhere anywhere -> {
                next.add(value);
                for (Object child : children(value)) {
                    if (child instanceof Map || child instanceof Collection) {
                        go(anywhere, root, child, next);
                    }
                }
            }
            case Step.Slice slice -> {
                if (value instanceof List<?> list) {
                    cut(slice, list, next);
                }
            }
            case Step.Filter filter -> {
                for (Object child : children(value)) {
                    if (child != null && keeps(filter, root, child)) {
                        next.add(child);
                    }
                }
            }
        }
    }

    private static Collection<?> children(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.values();
            case Collection<?> list -> list;
            default -> List.of();
        };
    }

    private static void add(@Nullable Object value, List<Object> next) {
        if (value != null) {
            next.add(value);
        }
    }

    private static void cut(Step.Slice slice, List<?> list, List<Object> next) {
        int size = list.size();
        int from = slice.from() == null ? 0 : slice.from() < 0 ? size + slice.from() : slice.from();
        int to = slice.to() == null ? size : slice.to() < 0 ? size + slice.to() : slice.to();
        for (int i = Math.max(from, 0); i < Math.min(to, size); i += slice.by()) {
            add(list.get(i), next);
        }
    }

    private static boolean keeps(Step.Filter filter, Object root, Object child) {
        List<Object> left = values(filter.left(), root, child);
        if (filter.right() == null || left.isEmpty()) {
            return !left.isEmpty() && filter.right() == null;
        }
        List<Object> right =
                switch (filter.right()) {
                    case Operand.Literal literal -> List.of(literal.value());
                    case Operand.Computed computed -> values(computed.path(), root, child);
                };
        return !right.isEmpty() && compare(left.getFirst(), filter.operator(), right.getFirst());
    }

    private static boolean compare(Object left, String operator, Object right) {
        int order = left instanceof Number a && right instanceof Number b
                ? Double.compare(a.doubleValue(), b.doubleValue())
                : String.valueOf(left).compareTo(String.valueOf(right));
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }
}

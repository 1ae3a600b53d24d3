package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.json.JsonException;
import dev.tidemark.go.json.JsonReader;
import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.yaml.BoundedOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON; the functions without {@code must} give an empty text or nil instead of an error. */
final class JsonFunctions {
    private static final String INDENT = "  ";

    private JsonFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("toJson(any)", a -> forgiving(a, "")),
                TemplateFunction.of("mustToJson(any)", a -> BoundedOutput.json(a.budget(), a.value(0), true, "")),
                TemplateFunction.of("toPrettyJson(any)", a -> forgiving(a, INDENT)),
                TemplateFunction.of(
                        "mustToPrettyJson(any)", a -> BoundedOutput.json(a.budget(), a.value(0), true, INDENT)),
                TemplateFunction.of("toRawJson(any)", a -> BoundedOutput.json(a.budget(), a.value(0), false, "")),
                TemplateFunction.of("mustToRawJson(any)", a -> BoundedOutput.json(a.budget(), a.value(0), false, "")),
                TemplateFunction.of("mustFromJson(string)", a -> read(a)),
                TemplateFunction.of("fromJson(string)", a -> {
                    try {
                        return read(a);
                    } catch (FunctionException e) {
                        return null;
                    }
                }));
    }

    /** As {@code json.Unmarshal} fills an {@code interface {}}: every number is a float. */
    private static @Nullable Object read(Arguments a) {
        Budget budget = a.budget();
        try {
            return JsonReader.whole(Utf8.bytes(a.text(0)), JsonReader.Numbers.PLAIN, (depth, size) -> {
                budget.nested(depth);
                budget.list(size, 1);
            });
        } catch (JsonException e) {
            throw new FunctionException(String.valueOf(e.getMessage()));
        }
    }

    private static String forgiving(Arguments a, String indent) {
        try {
            return BoundedOutput.json(a.budget(), a.value(0), true, indent);
        } catch (FunctionException e) {
            return "";
        }
    }
}

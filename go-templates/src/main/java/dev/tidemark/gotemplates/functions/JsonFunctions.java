package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import java.util.List;

/** JSON; the functions without {@code must} give an empty text or nil instead of an error. */
final class JsonFunctions {
    private static final String INDENT = "  ";

    private JsonFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("toJson(any)", a -> forgiving(a, "")),
                TemplateFunction.of("mustToJson(any)", a -> JsonText.of(a.budget(), a.value(0), true, "")),
                TemplateFunction.of("toPrettyJson(any)", a -> forgiving(a, INDENT)),
                TemplateFunction.of("mustToPrettyJson(any)", a -> JsonText.of(a.budget(), a.value(0), true, INDENT)),
                TemplateFunction.of("toRawJson(any)", a -> JsonText.of(a.budget(), a.value(0), false, "")),
                TemplateFunction.of("mustToRawJson(any)", a -> JsonText.of(a.budget(), a.value(0), false, "")),
                TemplateFunction.of("mustFromJson(string)", a -> JsonReader.read(a.budget(), a.text(0))),
                TemplateFunction.of("fromJson(string)", a -> {
                    try {
                        return JsonReader.read(a.budget(), a.text(0));
                    } catch (FunctionException e) {
                        return null;
                    }
                }));
    }

    private static String forgiving(Arguments a, String indent) {
        try {
            return JsonText.of(a.budget(), a.value(0), true, indent);
        } catch (FunctionException e) {
            return "";
        }
    }
}

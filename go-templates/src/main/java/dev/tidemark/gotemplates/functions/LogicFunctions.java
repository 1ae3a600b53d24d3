package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Defaults, choices and questions about types. */
final class LogicFunctions {
    private LogicFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of(
                        "default(any, ...any)",
                        a -> a.count() > 1 && Values.truth(a.value(1)) ? a.value(1) : a.value(0)),
                TemplateFunction.of("empty(any)", a -> !Values.truth(a.value(0))),
                TemplateFunction.of("coalesce(...any)", LogicFunctions::coalesce),
                TemplateFunction.of("all(...any)", a -> a.all().stream().allMatch(Values::truth)),
                TemplateFunction.of("any(...any)", a -> a.all().stream().anyMatch(Values::truth)),
                TemplateFunction.of("ternary(any, any, bool)", a -> a.value(a.bool(2) ? 0 : 1)),
                TemplateFunction.of("typeOf(any)", a -> Values.typeName(a.value(0))),
                TemplateFunction.of("typeIs(string, any)", a -> a.text(0).equals(Values.typeName(a.value(1)))),
                TemplateFunction.of("typeIsLike(string, any)", a -> {
                    String type = Values.typeName(a.value(1));
                    return a.text(0).equals(type) || ("*" + a.text(0)).equals(type);
                }),
                TemplateFunction.of(
                        "kindOf(any)", a -> Values.kindOf(a.value(0)).goName()),
                TemplateFunction.of("kindIs(string, any)", a -> a.text(0)
                        .equals(Values.kindOf(a.value(1)).goName())),
                TemplateFunction.of("deepEqual(any, any)", a -> DeepEquality.equal(a.budget(), a.value(0), a.value(1))),
                TemplateFunction.of("fail(string)", a -> {
                    throw new FunctionException(a.text(0));
                }));
    }

    private static @Nullable Object coalesce(Arguments a) {
        for (Object value : a.all()) {
            if (Values.truth(value)) {
                return value;
            }
        }
        return null;
    }
}

package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.yaml.GoYaml;
import java.util.List;

/** What templates of ResourceSets have beyond slim-sprig. */
final class ResourceFunctions {
    private ResourceFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.bound("inputs"),
                TemplateFunction.of("slugify(string)", a -> Slug.of(a.text(0))),
                TemplateFunction.of("mustToYaml(any)", a -> GoYaml.write(a.budget(), a.value(0))),
                TemplateFunction.of("toYaml(any)", a -> {
                    try {
                        return GoYaml.write(a.budget(), a.value(0));
                    } catch (FunctionException e) {
                        return "";
                    }
                }));
    }
}

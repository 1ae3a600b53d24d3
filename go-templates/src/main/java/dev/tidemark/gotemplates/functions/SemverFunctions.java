package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.TemplateFunction;
import java.util.List;

/** Semantic versions. */
final class SemverFunctions {
    private SemverFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("semver(string)", a -> SemverVersion.parse(a.text(0))),
                TemplateFunction.of("semverCompare(string, string)", a -> SemverRange.parse(a.text(0))
                        .contains(SemverVersion.parse(a.text(1)))));
    }
}

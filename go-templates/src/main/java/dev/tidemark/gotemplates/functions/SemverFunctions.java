package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.semver.VersionRange;
import dev.tidemark.go.semver.VersionRangeException;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import java.util.List;

/** Semantic versions. */
final class SemverFunctions {
    private SemverFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("semver(string)", a -> SemverVersion.parse(a.text(0))),
                TemplateFunction.of("semverCompare(string, string)", a -> range(a.text(0))
                        .contains(SemverVersion.read(a.text(1)))));
    }

    private static VersionRange range(String text) {
        try {
            return VersionRange.parse(text);
        } catch (VersionRangeException e) {
            throw new FunctionException(String.valueOf(e.getMessage()));
        }
    }
}

package dev.tidemark.committer.setters;

import dev.tidemark.go.yaml.PlainWords;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a text written without quotes would be read as that text (flux-git-based 17.3). */
final class PlainScalars {

    /** Texts to YAML 1.1, but Go's writer quotes them. */
    private static final Set<String> QUOTED = Set.of("<<", "=");

    /** No indicator at the start, nothing that ends a plain scalar or a flow collection's item. */
    private static final Pattern SAFE =
            Pattern.compile("(?![-?:](\\s|$))(?!---|\\.\\.\\.)[^\\s\\[\\]{},#&*!|>'\"%@`?][^\\s\\[\\]{},]*(?<!:)");

    private PlainScalars() {}

    static boolean needsQuotes(String value) {
        return !PlainWords.isText(value)
                || QUOTED.contains(value)
                || !SAFE.matcher(value).matches();
    }

    /** In double quotes. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

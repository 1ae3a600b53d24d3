package dev.tidemark.committer.setters;

import java.util.regex.Pattern;

/** Whether a text written without quotes would be read as that text (flux-git-based 17.3). */
final class PlainScalars {

    /** What YAML 1.1 reads as null, boolean, merge, number or date; {@code 12:30} is left out as upstream leaves it. */
    private static final Pattern NO_STRING = Pattern.compile("|~|null|Null|NULL"
            + "|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
            + "|<<|="
            + "|[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?0x[0-9a-fA-F_]+"
            + "|[-+]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\\.[0-9_]+([eE][-+]?[0-9]+)?"
            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");

    /** No indicator at the start, nothing that ends a plain scalar or a flow collection's item. */
    private static final Pattern SAFE =
            Pattern.compile("(?![-?:](\\s|$))(?!---|\\.\\.\\.)[^\\s\\[\\]{},#&*!|>'\"%@`?][^\\s\\[\\]{},]*(?<!:)");

    private PlainScalars() {}

    static boolean needsQuotes(String value) {
        return NO_STRING.matcher(value).matches() || !SAFE.matcher(value).matches();
    }

    /** In double quotes. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

package dev.tidemark.go.yaml.write;

import java.util.Set;
import java.util.regex.Pattern;

/** Which plain scalars of YAML 1.1 are not texts, as Go's yaml.v2 reads them. */
final class YamlWords {
    private static final Set<String> WORDS = Set.of(
            "", "~", "null", "Null", "NULL", "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON",
            "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", ".nan", ".NaN", ".NAN", ".inf",
            ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]++(?:\\.[0-9]*+)?)(?:[eE][-+]?[0-9]+)?"
                    + "|[-+]?0[xX][0-9a-fA-F]+|[-+]?0[oO][0-7]+|[-+]?0[bB][01]+");
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*+(?::[0-5]?[0-9])++(?:\\.[0-9_]*)?");
    private static final Pattern TIMESTAMP =
            Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}"
                    + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)?");
    /** Longer ones are no number that anybody means, and the patterns take their time. */
    private static final int LONGEST = 1_000;

    private YamlWords() {}

    static boolean isText(String text) {
        if (WORDS.contains(text)) {
            return false;
        }
        if (text.length() > LONGEST) {
            return true;
        }
        return !isNumber(text)
                && !SEXAGESIMAL.matcher(text).matches()
                && !TIMESTAMP.matcher(text).matches();
    }

    /** Underscores count as nothing, except in front; a number too large for a double is a text. */
    private static boolean isNumber(String text) {
        String plain = text.replace("_", "");
        if (text.startsWith("_") || !NUMBER.matcher(plain).matches()) {
            return false;
        }
        boolean prefixed = plain.matches("[-+]?0[xXoObB].*");
        return prefixed || !Double.isInfinite(Double.parseDouble(plain));
    }
}

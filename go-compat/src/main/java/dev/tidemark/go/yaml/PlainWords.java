package dev.tidemark.go.yaml;

import org.jspecify.annotations.Nullable;

/**
 * What plain text means: the words and numbers of YAML 1.1, as far as Go has them. No base-60 numbers; times are times
 * for yaml.v3 only.
 */
final class PlainWords {

    private PlainWords() {}

    static @Nullable Object resolve(String text, YamlDialect dialect) {
        if (dialect == YamlDialect.KYAML && !text.isEmpty() && Chars.isDigit(text.charAt(0))) {
            Timestamp time = Timestamp.parse(text);
            if (time != null) {
                return time;
            }
        }
        return resolveWithoutTimes(text, dialect);
    }

    static @Nullable Object resolveWithoutTimes(String text, YamlDialect dialect) {
        if (text.isEmpty()) {
            return null;
        }
        char first = text.charAt(0);
        Object value = text;
        if (first == '+' || first == '-' || first == '.') {
            Double special = special(text);
            value = special != null ? special : first == '.' ? GoNumbers.dotted(text) : GoNumbers.number(text, dialect);
        } else if (Chars.isDigit(first)) {
            value = GoNumbers.number(text, dialect);
        } else if (text.length() <= "false".length()) {
            return word(text, dialect);
        }
        return value == null ? text : value;
    }

    private static @Nullable Object word(String text, YamlDialect dialect) {
        return switch (text) {
            case "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> dialect == YamlDialect.KUBERNETES ? true : text;
            case "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> dialect == YamlDialect.KUBERNETES ? false : text;
            default -> text;
        };
    }

    private static @Nullable Double special(String text) {
        return switch (text) {
            case ".nan", ".NaN", ".NAN" -> Double.NaN;
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
            case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }
}

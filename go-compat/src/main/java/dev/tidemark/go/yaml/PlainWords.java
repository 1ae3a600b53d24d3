package dev.tidemark.go.yaml;

import org.jspecify.annotations.Nullable;

/**
 * What plain text means: the words and numbers of YAML 1.1, as far as Go has them. No base-60 numbers; times are times
 * for yaml.v3 only.
 */
public final class PlainWords {

    private PlainWords() {}

    /** Whether a text that stands plain is that text to YAML 1.1 as Go's yaml.v2 reads it: no other value, no time. */
    public static boolean isText(String text) {
        return resolveWithoutTimes(text, YamlDialect.KUBERNETES) instanceof String
                && !(isDigit(text, 0) && Timestamp.parse(text) != null);
    }

    /** Whether other readers of YAML 1.1 take the text for a number of base 60, such as {@code 12:30}. Go writes it in quotes. */
    public static boolean isBase60(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (!isDigit(text, at)) {
            return false;
        }
        at = behindDigits(text, at);
        int first = at;
        while (at < text.length() && text.charAt(at) == ':' && isDigit(text, at + 1)) {
            boolean two = isDigit(text, at + 2);
            if (two && text.charAt(at + 1) > '5') {
                return false;
            }
            at += two ? 3 : 2;
        }
        boolean parted = at > first;
        if (at < text.length() && text.charAt(at) == '.') {
            at = behindDigits(text, at + 1);
        }
        return parted && at == text.length();
    }

    private static int behindDigits(String text, int from) {
        int at = from;
        while (isDigit(text, at) || (at < text.length() && text.charAt(at) == '_')) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(String text, int index) {
        return index < text.length() && Chars.isDigit(text.charAt(index));
    }

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
            value = special != null
                    ? special
                    : first == '.' ? YamlNumbers.floating(text) : YamlNumbers.number(text, dialect);
        } else if (Chars.isDigit(first)) {
            value = YamlNumbers.number(text, dialect);
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

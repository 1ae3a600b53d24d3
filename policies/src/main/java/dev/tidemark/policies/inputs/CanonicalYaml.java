package dev.tidemark.policies.inputs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The YAML that revisions are hashed from: keys sorted, lists not indented, as sigs.k8s.io/yaml writes
 * it. Texts with line ends and very long ones look different in Go: a revision is opaque and only has to change when the list does (spec flux-gitless 1.11).
 */
final class CanonicalYaml {

    private static final BigDecimal EXPONENT_FROM = new BigDecimal("1e21");
    private static final BigDecimal EXPONENT_BELOW = new BigDecimal("1e-4");

    /** What a plain scalar must not begin with, end with or contain. */
    private static final Pattern NOT_PLAIN =
            Pattern.compile("^$|^[,\\[\\]{}#&*!|>'\"%@` ]|^[-?:](?: |$)|^(?:---|\\.\\.\\.)|: | #|[: ]$");

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F-\\x{9F}]");

    /** What YAML 1.1 reads as something else than a text. */
    private static final Pattern OTHER_TYPE =
            Pattern.compile("(?i)(?:~|null|true|false|yes|no|on|off|y|n|<<|[-+]?\\.(?:inf|nan)"
                    + "|[-+]?(?:\\.[0-9]+|[0-9][0-9_]*(?:\\.[0-9]*)?)(?:e[-+]?[0-9]+)?|[-+]?0[box][0-9a-f_]+"
                    + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?"
                    + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t ].*)?)");

    private CanonicalYaml() {}

    static String render(List<? extends Map<String, ? extends @Nullable Object>> list) {
        StringBuilder out = new StringBuilder();
        if (list.isEmpty()) {
            out.append("[]\n");
        } else {
            sequence(out, list, 0);
        }
        return out.toString();
    }

    private static void sequence(StringBuilder out, List<?> list, int indent) {
        boolean first = true;
        for (Object item : list) {
            if (!first) {
                out.append(" ".repeat(indent));
            }
            first = false;
            out.append("- ");
            switch (item) {
                case Map<?, ?> map when !map.isEmpty() -> mapping(out, map, indent + 2);
                case List<?> nested when !nested.isEmpty() -> sequence(out, nested, indent + 2);
                case null, default -> scalar(out, item);
            }
        }
    }

    private static void mapping(StringBuilder out, Map<?, ?> map, int indent) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(Objects.toString(key), value));
        boolean first = true;
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            if (!first) {
                out.append(" ".repeat(indent));
            }
            first = false;
            out.append(text(entry.getKey())).append(':');
            switch (entry.getValue()) {
                case Map<?, ?> nested
                when !nested.isEmpty() -> {
                    out.append('\n').append(" ".repeat(indent + 2));
                    mapping(out, nested, indent + 2);
                }
                case List<?> list
                when !list.isEmpty() -> {
                    out.append('\n').append(" ".repeat(indent));
                    sequence(out, list, indent);
                }
                case null, default -> {
                    out.append(' ');
                    scalar(out, entry.getValue());
                }
            }
        }
    }

    private static void scalar(StringBuilder out, @Nullable Object value) {
        out.append(
                        switch (value) {
                            case null -> "null";
                            case String text -> text(text);
                            case Number number -> number(number);
                            case Map<?, ?> empty -> "{}";
                            case List<?> empty -> "[]";
                            default -> value.toString();
                        })
                .append('\n');
    }

    /** Go decodes JSON numbers into doubles and writes whole ones without a fraction. */
    private static String number(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof BigInteger) {
            return number.toString();
        }
        BigDecimal decimal = new BigDecimal(number.toString()).stripTrailingZeros();
        BigDecimal size = decimal.abs();
        boolean plain =
                size.signum() == 0 || (size.compareTo(EXPONENT_BELOW) >= 0 && size.compareTo(EXPONENT_FROM) < 0);
        if (plain) {
            return decimal.toPlainString();
        }
        int exponent = decimal.precision() - decimal.scale() - 1;
        return decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString()
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static String text(String text) {
        if (CONTROL.matcher(text).find() || OTHER_TYPE.matcher(text).matches()) {
            return quoted(text);
        }
        return NOT_PLAIN.matcher(text).find() ? '\'' + text.replace("'", "''") + '\'' : text;
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        out.append(String.format(Locale.ROOT, "\\x%02X", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}

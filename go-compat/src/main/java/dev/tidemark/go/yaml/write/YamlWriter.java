package dev.tidemark.go.yaml.write;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON values as sigs.k8s.io/yaml does: keys sorted, lists not indented, texts in the style that Go chooses, numbers
 * beyond 64 bits as doubles (spec flux-gitless 1.11).
 */
public final class YamlWriter {

    private static final int INDENT = 2;

    /** Between these Go writes a double without an exponent. */
    private static final int LEAST_PLAIN_EXPONENT = -4;

    private static final int MOST_PLAIN_EXPONENT = 5;
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** @param value null, {@link Boolean}, {@link Number}, {@link String}, {@link List} or {@link Map}; nested not too deeply */
    public static String render(@Nullable Object value) {
        YamlWriter yaml = new YamlWriter();
        yaml.node(value, 0, false);
        return yaml.out.toString();
    }

    /** @param inLine whether something stands in the line already that a block goes on with */
    private void node(@Nullable Object value, int indent, boolean inLine) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> mapping(map, indent, inLine);
            case List<?> list when !list.isEmpty() -> sequence(list, indent, inLine);
            case String text -> {
                text(text, Math.max(indent, INDENT), false);
                out.append('\n');
            }
            case null -> out.append("null\n");
            case Number number -> out.append(number(number)).append('\n');
            case Map<?, ?> empty -> out.append("{}\n");
            case List<?> empty -> out.append("[]\n");
            default -> out.append(value).append('\n');
        }
    }

    private void sequence(List<?> list, int indent, boolean inLine) {
        boolean first = inLine;
        for (Object item : list) {
            out.append(first ? "" : " ".repeat(indent)).append("- ");
            first = false;
            node(item, indent + INDENT, true);
        }
    }

    private void mapping(Map<?, ?> map, int indent, boolean inLine) {
        boolean first = inLine;
        for (Map.Entry<String, @Nullable Object> entry : sorted(map)) {
            out.append(first ? "" : " ".repeat(indent));
            first = false;
            Object value = entry.getValue();
            boolean simple = key(entry.getKey(), indent);
            boolean block =
                    (value instanceof Map<?, ?> m && !m.isEmpty()) || (value instanceof List<?> l && !l.isEmpty());
            if (block && simple) {
                out.append('\n');
                node(value, value instanceof List<?> ? indent : indent + INDENT, false);
            } else {
                out.append(' ');
                node(value, indent + INDENT, true);
            }
        }
    }

    private boolean key(String key, int indent) {
        boolean simple = YamlScalar.isSimpleKey(key);
        if (simple) {
            text(key, indent, true);
            out.append(':');
        } else {
            out.append("? ");
            text(key, indent + INDENT, false);
            out.append('\n').append(" ".repeat(indent)).append(':');
        }
        return simple;
    }

    private void text(String text, int indent, boolean key) {
        out.append(YamlScalar.of(text, out.length() - out.lastIndexOf("\n") - 1, indent, key));
    }

    private static List<Map.Entry<String, @Nullable Object>> sorted(Map<?, ?> map) {
        Map<String, @Nullable Object> byKey = new TreeMap<>();
        map.forEach((key, value) -> byKey.put(Objects.toString(key), value));
        List<Map.Entry<String, @Nullable Object>> entries = new ArrayList<>();
        byKey.forEach((key, value) -> entries.add(new SimpleEntry<>(key, value)));
        YamlKeys.sort(entries);
        return entries;
    }

    private static String number(Number number) {
        if (number instanceof Integer || number instanceof Long) {
            return number.toString();
        }
        double value = number.doubleValue();
        BigDecimal decimal = value == 0 ? BigDecimal.ZERO : shortest(value);
        // JSON comes first and writes whole doubles without a fraction; what fits a word then is an integer to YAML.
        if (decimal.scale() <= 0 && isWord(decimal.toBigInteger())) {
            return decimal.toPlainString();
        }
        int exponent = decimal.precision() - decimal.scale() - 1;
        return exponent < LEAST_PLAIN_EXPONENT || exponent > MOST_PLAIN_EXPONENT
                ? scientific(decimal, exponent)
                : decimal.toPlainString();
    }

    /** The JDK gives two digits even where one would do. */
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal one = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
        return digits.precision() == 2 && one.doubleValue() == value ? one : digits;
    }

    private static boolean isWord(BigInteger whole) {
        return whole.signum() < 0 ? whole.bitLength() < Long.SIZE : whole.compareTo(UNSIGNED_LIMIT) < 0;
    }

    private static String scientific(BigDecimal decimal, int exponent) {
        return decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString()
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}

package dev.tidemark.go.strconv;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Go's {@code strconv.FormatFloat}: a double as text. */
public final class FloatText {
    private static final int SHORTEST = -1;
    private static final int MANTISSA_BITS = 52;
    private static final int BIAS = 1023;

    /** Between these JSON has no exponent. */
    private static final double LEAST_PLAIN_JSON = 1e-6;

    private static final double LEAST_EXPONENT_JSON = 1e21;

    private FloatText() {}

    /** As {@code %v} prints it, and YAML. */
    public static String of(double value) {
        return format(value, 'g', SHORTEST);
    }

    /** The same of 32 bits. */
    public static String of(float value) {
        if (!Float.isFinite(value) || value == 0) {
            return of((double) value);
        }
        String sign = value < 0 ? "-" : "";
        BigDecimal magnitude = new BigDecimal(Float.toString(Math.abs(value))).stripTrailingZeros();
        BigDecimal one = new BigDecimal(Math.abs(value)).round(new MathContext(1, RoundingMode.HALF_EVEN));
        return sign + general(one.floatValue() == Math.abs(value) ? one : magnitude, SHORTEST, SHORTEST, 'g');
    }

    /**
     * As {@code encoding/json} writes it.
     *
     * @throws UnsupportedNumber for what JSON has no number for
     */
    public static String json(double value) {
        if (!Double.isFinite(value)) {
            throw new UnsupportedNumber("json: unsupported value: " + of(value));
        }
        double magnitude = Math.abs(value);
        if (magnitude == 0 || (magnitude >= LEAST_PLAIN_JSON && magnitude < LEAST_EXPONENT_JSON)) {
            return format(value, 'f', SHORTEST);
        }
        return format(value, 'e', SHORTEST).replace("e-0", "e-");
    }

    /** Infinite, or not a number. */
    public static final class UnsupportedNumber extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private UnsupportedNumber(String message) {
            super(message);
        }
    }

    /**
     * Formats.
     *
     * @param verb one of {@code e E f F g G b x X}
     * @param precision digits, or -1 for as many as tell the number from every other
     */
    public static String format(double value, char verb, int precision) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        double magnitude = Math.abs(value);
        return sign
                + switch (verb) {
                    case 'e', 'E' -> exponential(rounded(magnitude, precision + 1, precision), precision, verb);
                    case 'f', 'F' -> fixed(magnitude, precision);
                    case 'b' -> binary(magnitude);
                    case 'x', 'X' -> hexadecimal(magnitude, precision, verb);
                    default -> general(magnitude, precision, verb);
                };
    }

    /** The digits: exact ones rounded to {@code significant}, or the shortest. */
    private static BigDecimal rounded(double value, int significant, int precision) {
        return precision == SHORTEST
                ? shortest(value)
                : new BigDecimal(value).round(new MathContext(Math.max(significant, 1), RoundingMode.HALF_EVEN));
    }

    private static BigDecimal shortest(double value) {
        if (value == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (digits.precision() == 2) {
            // The JDK gives two digits even where one would do.
            BigDecimal one = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
            return one.doubleValue() == value ? one : digits;
        }
        return digits;
    }

    private static int exponent(BigDecimal digits) {
        return digits.signum() == 0 ? 0 : digits.precision() - digits.scale() - 1;
    }

    private static String exponential(BigDecimal digits, int precision, char verb) {
        String all = digits.unscaledValue().toString();
        int places = precision == SHORTEST ? stripped(all).length() - 1 : precision;
        StringBuilder out = new StringBuilder().append(all.charAt(0));
        if (places > 0) {
            String rest = all.substring(1);
            out.append('.').append(rest, 0, Math.min(places, rest.length()));
            out.repeat('0', places - Math.min(places, rest.length()));
        }
        int exponent = exponent(digits);
        return out.append(verb)
                .append(exponent < 0 ? '-' : '+')
                .append(Math.abs(exponent) < 10 ? "0" : "")
                .append(Math.abs(exponent))
                .toString();
    }

    private static String stripped(String digits) {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    private static String fixed(double value, int precision) {
        if (precision == SHORTEST) {
            return shortest(value).toPlainString();
        }
        return new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String general(double value, int precision, char verb) {
        int significant = precision == 0 ? 1 : precision;
        return general(rounded(value, significant, precision), significant, precision, verb);
    }

    private static String general(BigDecimal rounded, int significant, int precision, char verb) {
        BigDecimal digits = rounded;
        if (digits.signum() != 0) {
            digits = digits.stripTrailingZeros();
        }
        int exponent = exponent(digits);
        int limit = significant;
        if (limit > digits.precision() && digits.precision() >= exponent + 1) {
            limit = digits.precision();
        }
        if (precision == SHORTEST) {
            limit = 6;
        }
        if (exponent < -4 || exponent >= limit) {
            return exponential(digits, SHORTEST, verb == 'G' ? 'E' : 'e');
        }
        return digits.toPlainString();
    }

    private static String binary(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >> MANTISSA_BITS);
        long mantissa = bits & ((1L << MANTISSA_BITS) - 1);
        if (exponent == 0) {
            exponent = 1;
        } else {
            mantissa |= 1L << MANTISSA_BITS;
        }
        int shifted = exponent - BIAS - MANTISSA_BITS;
        return mantissa + "p" + (shifted < 0 ? "" : "+") + shifted;
    }

    private static String hexadecimal(double value, int precision, char verb) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >> MANTISSA_BITS) - BIAS;
        long mantissa = bits & ((1L << MANTISSA_BITS) - 1);
        if (value == 0) {
            exponent = 0;
        } else if (exponent == -BIAS) {
            int shift = Long.numberOfLeadingZeros(mantissa) - (Long.SIZE - MANTISSA_BITS - 1);
            mantissa = mantissa << shift;
            exponent = 1 - BIAS - shift;
        } else {
            mantissa |= 1L << MANTISSA_BITS;
        }
        if (precision >= 0 && precision < 13) {
            int drop = (13 - precision) * 4;
            long half = 1L << (drop - 1);
            long rest = mantissa & ((1L << drop) - 1);
            mantissa >>= drop;
            if (rest > half || (rest == half && (mantissa & 1) == 1)) {
                mantissa++;
            }
            mantissa <<= drop;
            if (mantissa >> (MANTISSA_BITS + 1) != 0) {
                mantissa >>= 1;
                exponent++;
            }
        }
        String fraction = String.format("%013x", mantissa & ((1L << MANTISSA_BITS) - 1));
        if (precision < 0) {
            fraction = fraction.replaceAll("0+$", "");
        } else if (precision <= 13) {
            fraction = fraction.substring(0, precision);
        } else {
            fraction = fraction + "0".repeat(precision - 13);
        }
        String text = "0x" + (mantissa >> MANTISSA_BITS) + (fraction.isEmpty() ? "" : "." + fraction) + "p"
                + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return verb == 'X' ? text.toUpperCase(Locale.ROOT) : text;
    }
}

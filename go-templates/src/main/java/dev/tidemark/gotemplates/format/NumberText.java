package dev.tidemark.gotemplates.format;

import dev.tidemark.go.strconv.FloatText;
import dev.tidemark.gotemplates.limits.BoundedText;
import java.util.Locale;

/** Writes texts, integers and floats as the flags ask for. */
final class NumberText {
    private static final int SIGNIFICANT_BY_DEFAULT = 6;

    private final Flags flags;
    private final BoundedText out;

    NumberText(Flags flags, BoundedText out) {
        this.flags = flags;
        this.out = out;
    }

    /** Fills up to the width. */
    void pad(CharSequence text) {
        int missing = flags.hasWidth ? flags.width - Character.codePointCount(text, 0, text.length()) : 0;
        if (missing > 0 && !flags.minus) {
            out.repeat(flags.zero ? "0" : " ", missing);
        }
        out.append(text);
        if (missing > 0 && flags.minus) {
            out.repeat(" ", missing);
        }
    }

    private void padWithBlanks(CharSequence text) {
        boolean zero = flags.zero;
        flags.zero = false;
        pad(text);
        flags.zero = zero;
    }

    /** Writes an integer; false if the verb is none for integers. */
    boolean integer(long value, boolean unsigned, int verb) {
        switch (verb) {
            case 'v' -> {
                if (flags.sharpV && unsigned) {
                    boolean sharp = flags.sharp;
                    flags.sharp = true;
                    digits(value, unsigned, 16, verb);
                    flags.sharp = sharp;
                } else {
                    digits(value, unsigned, 10, verb);
                }
            }
            case 'd' -> digits(value, unsigned, 10, verb);
            case 'b' -> digits(value, unsigned, 2, verb);
            case 'o', 'O' -> digits(value, unsigned, 8, verb);
            case 'x', 'X' -> digits(value, unsigned, 16, verb);
            case 'c' -> pad(Character.toString(valid(value)));
            case 'q' -> pad(Quote.character(valid(value), flags.plus));
            case 'U' -> unicode(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int valid(long value) {
        boolean character = value >= 0 && value <= Character.MAX_CODE_POINT && !(value >= 0xD800 && value <= 0xDFFF);
        return character ? (int) value : 0xFFFD;
    }

    private void unicode(long value) {
        String text = Long.toHexString(value).toUpperCase(Locale.ROOT);
        int least = flags.hasPrecision ? Math.max(flags.precision, 4) : 4;
        text = "U+" + "0".repeat(Math.max(0, least - text.length())) + text;
        if (flags.sharp && value >= 0 && value <= Character.MAX_CODE_POINT && Quote.isPrintable((int) value)) {
            text += " '" + Character.toString((int) value) + "'";
        }
        padWithBlanks(text);
    }

    private void digits(long value, boolean unsigned, int radix, int verb) {
        boolean negative = !unsigned && value < 0;
        String digits = unsigned
                ? Long.toUnsignedString(value, radix)
                : negative ? Long.toString(value, radix).substring(1) : Long.toString(value, radix);
        if (verb == 'X') {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        int least = 0;
        if (flags.hasPrecision) {
            least = flags.precision;
            if (least == 0 && value == 0) {
                padWithBlanks("");
                return;
            }
        } else if (flags.padsZeros()) {
            least = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
        }
        StringBuilder text = new StringBuilder();
        if (negative) {
            text.append('-');
        } else if (flags.plus) {
            text.append('+');
        } else if (flags.space) {
            text.append(' ');
        }
        out.budget().text(Math.max(least, digits.length()));
        String zeros = "0".repeat(Math.max(0, least - digits.length()));
        text.append(prefix(radix, verb, zeros.isEmpty() && !digits.startsWith("0")))
                .append(zeros)
                .append(digits);
        padWithBlanks(text);
    }

    private String prefix(int radix, int verb, boolean leadingDigit) {
        if (verb == 'O') {
            return flags.sharp && leadingDigit ? "0o0" : "0o";
        }
        if (!flags.sharp) {
            return "";
        }
        return switch (radix) {
            case 2 -> "0b";
            case 8 -> leadingDigit ? "0" : "";
            case 16 -> verb == 'X' ? "0X" : "0x";
            default -> "";
        };
    }

    /** Writes a float; false if the verb is none for floats. */
    boolean floating(double value, int verb) {
        switch (verb) {
            case 'v' -> floating(value, 'g', -1);
            case 'e', 'E', 'f' -> floating(value, verb, 6);
            case 'F' -> floating(value, 'f', 6);
            case 'g', 'G', 'b', 'x', 'X' -> floating(value, verb, -1);
            default -> {
                return false;
            }
        }
        return true;
    }

    void floating(double value, int verb, int usualPrecision) {
        int precision = flags.hasPrecision ? flags.precision : usualPrecision;
        out.budget().text(Math.max(precision, 0));
        String number = FloatText.format(value, (char) verb, precision);
        boolean signed = number.startsWith("-") || number.startsWith("+");
        char sign = signed ? number.charAt(0) : '+';
        String digits = signed ? number.substring(1) : number;
        if (flags.space && sign == '+' && !flags.plus) {
            sign = ' ';
        }
        boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
        if (!finite) {
            boolean shown = Double.isNaN(value) ? flags.plus || flags.space : flags.plus || sign != '+' || !flags.space;
            padWithBlanks(shown ? sign + digits : digits);
            return;
        }
        if (flags.sharp && verb != 'b') {
            digits = withPoint(digits, verb, precision);
        }
        if (!flags.plus && sign == '+') {
            pad(digits);
        } else if (flags.padsZeros() && flags.width > digits.length() + 1) {
            out.append(sign).repeat("0", flags.width - digits.length() - 1).append(digits);
        } else {
            pad(sign + digits);
        }
    }

    /** The {@code #} flag: always a point, and {@code %g} keeps its zeros; {@code %x} counts its sign as a digit, as in Go. */
    private static String withPoint(String number, int verb, int precision) {
        boolean hexadecimal = verb == 'x' || verb == 'X';
        int split = number.toLowerCase(Locale.ROOT).indexOf(hexadecimal ? 'p' : 'e');
        String tail = split < 0 ? "" : number.substring(split);
        String digits = split < 0 ? number : number.substring(0, split);
        boolean counts = verb == 'g' || verb == 'G' || verb == 'x';
        int missing = !counts ? 0 : precision < 0 ? SIGNIFICANT_BY_DEFAULT : precision;
        boolean significant = false;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            significant |= c != '0' && c != '.';
            missing -= significant && c != '.' ? 1 : 0;
        }
        boolean pointed = digits.indexOf('.') >= 0;
        missing -= digits.equals("0") ? 1 : 0;
        return digits + (pointed ? "" : ".") + "0".repeat(Math.max(0, missing)) + tail;
    }

    /** A text in hexadecimal. */
    void hex(byte[] bytes, boolean upper) {
        int shown = flags.hasPrecision ? Math.min(flags.precision, bytes.length) : bytes.length;
        out.budget().text(5L * shown);
        String prefix = flags.sharp ? upper ? "0X" : "0x" : "";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            if (i == 0 || flags.space) {
                text.append(i == 0 ? "" : " ").append(prefix);
            }
            text.append(String.format(upper ? "%02X" : "%02x", bytes[i]));
        }
        pad(text);
    }

    /** The text cut to the precision, in characters. */
    String truncated(String text) {
        if (flags.hasPrecision && text.codePointCount(0, text.length()) > flags.precision) {
            return text.substring(0, text.offsetByCodePoints(0, flags.precision));
        }
        return text;
    }
}

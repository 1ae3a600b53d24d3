package dev.tidemark.gotemplates.format;

import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's {@code Sprintf}: one instance formats once. */
public final class Printf {
    /** Go ignores widths and precisions beyond. */
    private static final int LARGEST = 1_000_000;

    private final String format;
    private final List<? extends @Nullable Object> arguments;
    private final BoundedText out;
    private int at;
    private int argument;
    private boolean reordered;
    private boolean goodIndex;
    private boolean afterIndex;

    private Printf(Budget budget, String format, List<? extends @Nullable Object> arguments) {
        this.out = new BoundedText(budget);
        this.format = format;
        this.arguments = arguments;
    }

    /** Formats; what does not fit is shown in the text, as Go does. */
    public static String format(Budget budget, String format, List<? extends @Nullable Object> arguments) {
        return new Printf(budget, format, arguments).run();
    }

    private String run() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            int end = percent < 0 ? format.length() : percent;
            out.append(format.substring(at, end));
            at = end + 1;
            if (percent >= 0) {
                directive();
            }
        }
        if (!reordered && argument < arguments.size()) {
            extra();
        }
        return out.toString();
    }

    private void directive() {
        goodIndex = true;
        afterIndex = false;
        Flags flags = new Flags();
        flags(flags);
        index();
        width(flags);
        precision(flags);
        if (!afterIndex) {
            index();
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
        } else if (!goodIndex) {
            problem(verb, "BADINDEX");
        } else if (argument >= arguments.size()) {
            problem(verb, "MISSING");
        } else {
            if (verb == 'v') {
                flags.sharpV = flags.sharp;
                flags.sharp = false;
                flags.plusV = flags.plus;
                flags.plus = false;
            }
            new ValueText(flags, out).argument(arguments.get(argument++), verb < 0x10000 ? (char) verb : '\uFFFD');
        }
    }

    private void problem(int verb, String text) {
        out.append("%!").appendCodePoint(verb).append("(").append(text).append(")");
    }

    private void flags(Flags flags) {
        for (; at < format.length(); at++) {
            switch (format.charAt(at)) {
                case '#' -> flags.sharp = true;
                case '0' -> flags.zero = true;
                case '+' -> flags.plus = true;
                case '-' -> flags.minus = true;
                case ' ' -> flags.space = true;
                default -> {
                    return;
                }
            }
        }
    }

    /** {@code [n]}: which argument comes next. */
    private void index() {
        if (at >= format.length() || format.charAt(at) != '[') {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', at);
        if (close < 0) {
            goodIndex = false;
            at++;
            return;
        }
        int start = at + 1;
        at = close + 1;
        int number = number(format.substring(start, close));
        if (number < 1 || number > arguments.size()) {
            goodIndex = false;
            return;
        }
        argument = number - 1;
        afterIndex = true;
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 7) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value > LARGEST ? -1 : value;
    }

    private boolean star() {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            return true;
        }
        return false;
    }

    private void width(Flags flags) {
        if (star()) {
            Long width = wholeArgument();
            if (width == null) {
                out.append("%!(BADWIDTH)");
            } else {
                flags.hasWidth = true;
                flags.width = (int) Math.abs(width);
                if (width < 0) {
                    flags.minus = true;
                    flags.zero = false;
                }
            }
            afterIndex = false;
            return;
        }
        String digits = digits();
        flags.width = number(digits);
        flags.hasWidth = flags.width >= 0;
        if (afterIndex && flags.hasWidth) {
            goodIndex = false;
        }
    }

    private void precision(Flags flags) {
        if (at >= format.length() || format.charAt(at) != '.') {
            return;
        }
        at++;
        if (afterIndex) {
            goodIndex = false;
        }
        index();
        if (star()) {
            Long precision = wholeArgument();
            if (precision == null) {
                out.append("%!(BADPREC)");
            } else if (precision >= 0) {
                flags.hasPrecision = true;
                flags.precision = precision.intValue();
            }
            afterIndex = false;
            return;
        }
        String digits = digits();
        flags.precision = digits.isEmpty() ? 0 : number(digits);
        flags.hasPrecision = flags.precision >= 0;
    }

    private String digits() {
        int start = at;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            at++;
        }
        return format.substring(start, at);
    }

    private @Nullable Long wholeArgument() {
        if (argument >= arguments.size()) {
            return null;
        }
        Long value = Values.integer(Values.normal(arguments.get(argument++)));
        return value == null || value > LARGEST || value < -LARGEST ? null : value;
    }

    private void extra() {
        out.append("%!(EXTRA ");
        for (int i = argument; i < arguments.size(); i++) {
            if (i > argument) {
                out.append(", ");
            }
            Object value = arguments.get(i);
            if (value == null) {
                out.append("<nil>");
            } else {
                out.append(Values.typeName(value)).append("=");
                new ValueText(new Flags(), out).argument(value, 'v');
            }
        }
        out.append(")");
    }
}

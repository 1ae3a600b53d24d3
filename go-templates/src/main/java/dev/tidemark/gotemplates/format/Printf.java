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

    private static final int NO_NUMBER = -1;

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
            if (verb == 'v' || verb == 'w') {
                flags.sharpV = flags.sharp;
                flags.sharp = false;
                flags.plusV = flags.plus;
                flags.plus = false;
            }
            new ValueText(flags, out).argument(arguments.get(argument++), verb);
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
        afterIndex = false;
        if (at >= format.length() || format.charAt(at) != '[') {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', at);
        if (close < 0 || at + 2 >= format.length()) {
            goodIndex = false;
            at++;
            return;
        }
        String digits = format.substring(at + 1, close);
        at = close + 1;
        int number = number(digits);
        afterIndex = number >= 0;
        if (number < 1 || number > arguments.size()) {
            goodIndex = false;
        } else {
            argument = number - 1;
        }
    }

    /** Below zero for anything but digits, and for more of them than Go reads. */
    private static int number(String digits) {
        int value = digits.isEmpty() ? NO_NUMBER : 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || value > LARGEST) {
                return NO_NUMBER;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    /** The digits ahead; where they are too many, Go gives up on all that follows. */
    private int ahead() {
        String digits = digits();
        int number = number(digits);
        at = number < 0 && !digits.isEmpty() ? format.length() : at;
        return number;
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
        int width = ahead();
        flags.hasWidth = width >= 0;
        flags.width = Math.max(width, 0);
        if (afterIndex && flags.hasWidth) {
            goodIndex = false;
        }
    }

    private void precision(Flags flags) {
        // A point at the end is the verb.
        if (at + 1 >= format.length() || format.charAt(at) != '.') {
            return;
        }
        at++;
        if (afterIndex) {
            goodIndex = false;
        }
        index();
        if (star()) {
            Long precision = wholeArgument();
            if (precision == null || precision < 0) {
                out.append("%!(BADPREC)");
            } else {
                flags.hasPrecision = true;
                flags.precision = precision.intValue();
            }
            afterIndex = false;
            return;
        }
        flags.precision = Math.max(ahead(), 0);
        flags.hasPrecision = true;
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

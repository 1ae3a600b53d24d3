package dev.tidemark.gotemplates.format;

import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.limits.Budget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's {@code Sprint}, {@code Sprintln} and the plain text of a value. */
public final class Print {
    private Print() {}

    /** As {@code %v} prints it. */
    public static String text(Budget budget, @Nullable Object value) {
        if (value instanceof String s) {
            return s;
        }
        var out = new BoundedText(budget);
        new ValueText(new Flags(), out).argument(value, 'v');
        return out.toString();
    }

    /** Blanks stand between two operands of which none is a string. */
    public static String print(Budget budget, List<? extends @Nullable Object> operands) {
        var out = new BoundedText(budget);
        var values = new ValueText(new Flags(), out);
        boolean afterString = true;
        for (Object operand : operands) {
            boolean isString = operand instanceof String;
            if (!afterString && !isString) {
                out.append(' ');
            }
            values.argument(operand, 'v');
            afterString = isString;
        }
        return out.toString();
    }

    /** Blanks between all operands and a line end. */
    public static String println(Budget budget, List<? extends @Nullable Object> operands) {
        var out = new BoundedText(budget);
        var values = new ValueText(new Flags(), out);
        boolean first = true;
        for (Object operand : operands) {
            if (!first) {
                out.append(' ');
            }
            first = false;
            values.argument(operand, 'v');
        }
        return out.append('\n').toString();
    }
}

package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.TypedList;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic; whatever is no number counts as zero.
 *
 * @param whole how any value becomes an integer: slim-sprig and sprig differ there
 */
record NumberFunctions(ToLongFunction<@Nullable Object> whole) {
    List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("atoi(string)", a -> GoInteger.of(Convert.clampedLong(a.text(0)))),
                TemplateFunction.of("int(any)", a -> GoInteger.of(whole.applyAsLong(a.value(0)))),
                TemplateFunction.of("int64(any)", a -> whole.applyAsLong(a.value(0))),
                TemplateFunction.of("float64(any)", a -> Convert.toDouble(a.value(0))),
                TemplateFunction.of("toDecimal(any)", NumberFunctions::octal),
                TemplateFunction.of("add1(any)", a -> whole.applyAsLong(a.value(0)) + 1),
                TemplateFunction.of("add(...any)", a -> folded(a, 0, 0, Long::sum)),
                TemplateFunction.of(
                        "sub(any, any)", a -> whole.applyAsLong(a.value(0)) - whole.applyAsLong(a.value(1))),
                TemplateFunction.of(
                        "mul(any, ...any)", a -> folded(a, 1, whole.applyAsLong(a.value(0)), (x, y) -> x * y)),
                TemplateFunction.of("div(any, any)", a -> whole.applyAsLong(a.value(0)) / divisor(a)),
                TemplateFunction.of("mod(any, any)", a -> whole.applyAsLong(a.value(0)) % divisor(a)),
                TemplateFunction.of("max(any, ...any)", a -> folded(a, 1, whole.applyAsLong(a.value(0)), Math::max)),
                TemplateFunction.of(
                        "biggest(any, ...any)", a -> folded(a, 1, whole.applyAsLong(a.value(0)), Math::max)),
                TemplateFunction.of("min(any, ...any)", a -> folded(a, 1, whole.applyAsLong(a.value(0)), Math::min)),
                TemplateFunction.of("maxf(any, ...any)", a -> foldedFloats(a, Math::max)),
                TemplateFunction.of("minf(any, ...any)", a -> foldedFloats(a, Math::min)),
                TemplateFunction.of("ceil(any)", a -> Math.ceil(Convert.toDouble(a.value(0)))),
                TemplateFunction.of("floor(any)", a -> Math.floor(Convert.toDouble(a.value(0)))),
                TemplateFunction.of("round(any, int, ...float64)", NumberFunctions::round),
                TemplateFunction.of("until(int)", a -> integers(a, 0, a.integer(0), a.integer(0) < 0 ? -1 : 1)),
                TemplateFunction.of(
                        "untilStep(int, int, int)", a -> integers(a, a.integer(0), a.integer(1), a.integer(2))),
                TemplateFunction.of("seq(...int)", NumberFunctions::sequence),
                TemplateFunction.of("randInt(int, int)", NumberFunctions::random));
    }

    private static long octal(Arguments a) {
        BigInteger number = Convert.whole(a.printed(a.value(0)), 8);
        return number == null || number.bitLength() >= Long.SIZE ? 0 : number.longValue();
    }

    private long folded(Arguments a, int from, long start, LongBinaryOperator operator) {
        long result = start;
        for (Object value : a.from(from)) {
            result = operator.applyAsLong(result, whole.applyAsLong(value));
        }
        return result;
    }

    private static double foldedFloats(Arguments a, DoubleBinaryOperator operator) {
        double result = Convert.toDouble(a.value(0));
        for (Object value : a.from(1)) {
            result = operator.applyAsDouble(result, Convert.toDouble(value));
        }
        return result;
    }

    private long divisor(Arguments a) {
        long divisor = whole.applyAsLong(a.value(1));
        if (divisor == 0) {
            throw new FunctionException("integer divide by zero");
        }
        return divisor;
    }

    private static double round(Arguments a) {
        double threshold = a.count() > 2 ? a.floating(2) : 0.5;
        double power = Math.pow(10, (double) a.integer(1));
        double shifted = power * Convert.toDouble(a.value(0));
        double fraction = shifted % 1;
        return (fraction >= threshold ? Math.ceil(shifted) : Math.floor(shifted)) / power;
    }

    private static TypedList integers(Arguments a, long start, long stop, long step) {
        return TypedList.of(GoType.INTS, range(a, start, stop, step));
    }

    private static List<GoInteger> range(Arguments a, long start, long stop, long step) {
        var numbers = new ArrayList<GoInteger>();
        boolean down = stop < start;
        if (down ? step >= 0 : step <= 0) {
            return numbers;
        }
        BigInteger span = BigInteger.valueOf(stop).subtract(BigInteger.valueOf(start));
        a.budget()
                .list(span.divide(BigInteger.valueOf(step))
                        .min(BigInteger.valueOf(Integer.MAX_VALUE))
                        .longValue());
        long i = start;
        while (down ? i > stop : i < stop) {
            numbers.add(GoInteger.of(i));
            long next = i + step;
            if (down ? next > i : next < i) {
                break;
            }
            i = next;
        }
        return numbers;
    }

    private static String sequence(Arguments a) {
        if (a.count() == 0 || a.count() > 3) {
            return "";
        }
        long start = a.count() == 1 ? 1 : a.integer(0);
        long end = a.integer(a.count() - 1);
        long direction = end < start ? -1 : 1;
        long step = a.count() == 3 ? a.integer(1) : direction;
        if (a.count() == 3 && direction < 0 && step > 0) {
            return "";
        }
        String text = range(a, start, end + direction, step).stream()
                .map(GoInteger::toString)
                .collect(Collectors.joining(" "));
        a.budget().text(text.length());
        return text;
    }

    private static GoInteger random(Arguments a) {
        long least = a.integer(0);
        long bound = a.integer(1);
        if (bound <= least || bound - least < 0) {
            throw new FunctionException("invalid argument: the second number must be greater than the first");
        }
        return GoInteger.of(a.random().nextLong(least, bound));
    }
}

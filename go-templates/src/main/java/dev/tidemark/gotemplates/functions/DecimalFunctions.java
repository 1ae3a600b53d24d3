package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Arithmetic with decimal fractions: each argument is taken with the digits that it prints with. */
final class DecimalFunctions {
    /** Digits after the point that a quotient keeps. */
    private static final int QUOTIENT_SCALE = 16;

    private DecimalFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of(
                        "add1f(any)",
                        a -> decimal(a, a.value(0)).add(BigDecimal.ONE).doubleValue()),
                TemplateFunction.of("addf(...any)", a -> folded(a, BigDecimal.ZERO, 0, BigDecimal::add)),
                TemplateFunction.of(
                        "subf(any, ...any)", a -> folded(a, decimal(a, a.value(0)), 1, BigDecimal::subtract)),
                TemplateFunction.of(
                        "mulf(any, ...any)", a -> folded(a, decimal(a, a.value(0)), 1, BigDecimal::multiply)),
                TemplateFunction.of(
                        "divf(any, ...any)", a -> folded(a, decimal(a, a.value(0)), 1, DecimalFunctions::divide)));
    }

    private static BigDecimal decimal(Arguments a, @Nullable Object value) {
        double number = Convert.toDouble(value);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new FunctionException("Cannot create a Decimal from " + a.printed(number));
        }
        return new BigDecimal(Double.toString(number));
    }

    private static double folded(Arguments a, BigDecimal start, int from, BinaryOperator<BigDecimal> operator) {
        BigDecimal result = start;
        for (Object value : a.from(from)) {
            // Products of many numbers get long.
            a.budget().steps(result.precision());
            result = operator.apply(result, decimal(a, value));
        }
        return result.doubleValue();
    }

    private static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new FunctionException("decimal division by 0");
        }
        return dividend.divide(divisor, QUOTIENT_SCALE, RoundingMode.HALF_UP);
    }
}

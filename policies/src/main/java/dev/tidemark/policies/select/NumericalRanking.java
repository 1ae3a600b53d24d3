package dev.tidemark.policies.select;

import dev.tidemark.go.strconv.GoFloat;
import dev.tidemark.policies.Utf8Order;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The greatest number, or the smallest with {@code desc}; equal numbers: the value with the smallest
 * bytes, as in a list sorted downwards the later one wins (spec flux-git-based 10.3).
 */
record NumericalRanking(SortOrder order) implements Ranking<Double> {

    @Override
    public Reading<Double> read(String value) {
        return key(value)
                .<Reading<Double>>map(Reading.Fits::new)
                .orElseGet(() -> new Reading.Unfit<>(Verdict.NOT_A_NUMBER));
    }

    @Override
    public Optional<Double> key(String value) {
        OptionalDouble number = GoFloat.read(value);
        return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }

    @Override
    public int compare(Double first, Double second) {
        double a = first;
        double b = second;
        // Not Double.compare: to Go -0 equals 0, and NaN is handled by whoever sees isUnordered.
        int ascending = a > b ? 1 : a < b ? -1 : 0;
        return order == SortOrder.ASC ? ascending : -ascending;
    }

    @Override
    public int preferAmongEqual(String firstValue, String secondValue) {
        return Utf8Order.DESCENDING.compare(firstValue, secondValue);
    }

    @Override
    public boolean isUnordered(Double key) {
        return key.isNaN();
    }
}

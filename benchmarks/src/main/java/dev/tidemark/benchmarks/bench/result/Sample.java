package dev.tidemark.benchmarks.bench.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was seen of one quantity.
 *
 * @param values in the order in which they were seen, at least one
 */
public record Sample(List<Double> values) {

    public Sample {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a sample of nothing");
        }
        values = List.copyOf(values);
    }

    public static Sample of(double value) {
        return new Sample(List.of(value));
    }

    public int n() {
        return values.size();
    }

    public double min() {
        return sorted().getFirst();
    }

    /** The value in the middle; between two, their mean. */
    public double median() {
        List<Double> sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The smallest value that at least nine of ten do not exceed; of few values, the largest. */
    public double p90() {
        return sorted().get((int) Math.ceil(0.9 * values.size()) - 1);
    }

    private List<Double> sorted() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted;
    }
}

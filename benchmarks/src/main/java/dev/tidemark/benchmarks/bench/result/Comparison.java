package dev.tidemark.benchmarks.bench.result;

import java.util.Locale;
import java.util.Optional;

/**
 * A run beside an earlier one, by the ratios of their medians: ours by theirs, above 1 is worse.
 *
 * @param earlier what it is compared with
 */
public record Comparison(Findings earlier) {

    /** What is worse by less than a tenth may be chance. */
    private static final double MARKED = 1.1;

    /** What is said of a measure, as words for its line of the table. */
    public String of(Outcome outcome, Measure measure) {
        Optional<Outcome> before = earlier.of(outcome.name());
        if (before.isEmpty()) {
            return "not measured before";
        }
        if (!before.get().size().equals(outcome.size())) {
            return "measured on another size before";
        }
        return before.get()
                .measure(measure.name())
                .filter(same -> same.unit().equals(measure.unit()))
                .map(same -> ratio(measure.sample().median(), same.sample().median()))
                .orElse("not measured before");
    }

    private static String ratio(double ours, double theirs) {
        if (theirs == 0) {
            return ours == 0 ? "1.00" : "worse: was 0";
        }
        double ratio = ours / theirs;
        return String.format(Locale.ROOT, ratio > MARKED ? "%.2f worse" : "%.2f", ratio);
    }
}

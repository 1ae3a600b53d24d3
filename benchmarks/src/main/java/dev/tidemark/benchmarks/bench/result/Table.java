package dev.tidemark.benchmarks.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a person reads of a case. */
public final class Table {

    /** From so many cores on, others have bent the figures. */
    private static final double DISTURBED = 0.1;

    private Table() {}

    /** The lines of a case. */
    public static List<String> of(Outcome outcome, Optional<Comparison> comparison) {
        List<String> lines = new ArrayList<>();
        lines.add(outcome.name() + ": " + outcome.about());
        lines.add("  on " + outcome.size());
        if (!outcome.measures().isEmpty()) {
            lines.add("  %-44s %10s %10s %10s %4s%s"
                    .formatted("", "median", "min", "p90", "n", comparison.isEmpty() ? "" : "   ours ÷ theirs"));
        }
        for (Measure measure : outcome.measures()) {
            Sample sample = measure.sample();
            String name = measure.unit().isEmpty() ? measure.name() : measure.name() + ", " + measure.unit();
            lines.add("  %-44s %10s %10s %10s %4d%s"
                    .formatted(
                            name,
                            shown(sample.median()),
                            sample.n() == 1 ? "" : shown(sample.min()),
                            sample.n() == 1 ? "" : shown(sample.p90()),
                            sample.n(),
                            comparison.map(c -> "   " + c.of(outcome, measure)).orElse("")));
        }
        if (outcome.others() > DISTURBED) {
            lines.add(String.format(
                    Locale.ROOT, "  other programs took %.1f cores meanwhile: not a quiet machine", outcome.others()));
        }
        if (outcome.failed()) {
            lines.add("  FAILED: " + outcome.failure());
        }
        return lines;
    }

    /** Three digits that count, and no more. */
    static String shown(double value) {
        double size = Math.abs(value);
        String format =
                value == Math.rint(value) || size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}

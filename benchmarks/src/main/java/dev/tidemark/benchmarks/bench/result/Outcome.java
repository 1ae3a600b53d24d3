package dev.tidemark.benchmarks.bench.result;

import java.util.List;
import java.util.Optional;

/**
 * What came of a case.
 *
 * @param about what the case is
 * @param size on how much it was measured; figures of another size do not compare
 * @param failure why it ended early; empty when it did not
 * @param others processor time that programs which have nothing to do with it took meanwhile, in cores
 */
public record Outcome(String name, String about, String size, List<Measure> measures, String failure, double others) {

    public Outcome {
        measures = List.copyOf(measures);
    }

    public boolean failed() {
        return !failure.isEmpty();
    }

    /** The measure of this name. */
    public Optional<Measure> measure(String wanted) {
        return measures.stream().filter(m -> m.name().equals(wanted)).findFirst();
    }
}

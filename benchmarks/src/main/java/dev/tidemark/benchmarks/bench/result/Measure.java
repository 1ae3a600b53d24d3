package dev.tidemark.benchmarks.bench.result;

/**
 * One quantity of a case. Less is better in all of them, so that they compare without knowing which.
 *
 * @param name the same from run to run
 * @param unit such as {@code ms}; empty for what is counted
 */
public record Measure(String name, String unit, Sample sample) {

    public static Measure of(String name, String unit, double value) {
        return new Measure(name, unit, Sample.of(value));
    }
}

package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.result.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as they come, into measures in the order in which each came first. */
final class Series {

    private final Map<Key, List<Double>> values = new LinkedHashMap<>();

    private record Key(String name, String unit) {}

    void add(String name, String unit, double value) {
        values.computeIfAbsent(new Key(name, unit), key -> new ArrayList<>()).add(value);
    }

    void count(String name, long count) {
        add(name, "", (double) count);
    }

    void millis(String name, long nanos) {
        add(name, "ms", nanos / 1e6);
    }

    void seconds(String name, long nanos) {
        add(name, "s", nanos / 1e9);
    }

    /** What of the values of a quantity so far hardly any exceeds. */
    void p99(String name, String unit) {
        percentile(99, name, unit);
    }

    /** What so many in a hundred of the values of a quantity so far do not exceed; of few values, the largest. */
    void percentile(int hundredths, String name, String unit) {
        List<Double> all = values.getOrDefault(new Key(name, unit), List.of()).stream()
                .sorted()
                .toList();
        add(name + ", p" + hundredths, unit, all.get((int) Math.ceil(hundredths / 100.0 * all.size()) - 1));
    }

    List<Measure> measures() {
        return values.entrySet().stream()
                .map(e -> new Measure(e.getKey().name(), e.getKey().unit(), new Sample(e.getValue())))
                .toList();
    }
}

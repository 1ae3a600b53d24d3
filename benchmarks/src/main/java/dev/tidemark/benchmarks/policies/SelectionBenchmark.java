package dev.tidemark.benchmarks.policies;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.go.semver.VersionRange;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.select.Compilation;
import dev.tidemark.policies.select.PolicySpec;
import dev.tidemark.policies.select.Selection;
import dev.tidemark.policies.select.TagPolicy;
import dev.tidemark.policies.semver.Ranges;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A full pass over 100,000 tags, as after an edit, and the parsing of a range. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SelectionBenchmark {

    private final List<String> versions = IntStream.range(0, 100_000)
            .mapToObj(i -> i / 10_000 + "." + i / 100 % 100 + "." + i % 100)
            .toList();
    private final List<String> builds = IntStream.range(0, 100_000)
            .mapToObj(i -> "main-abc-" + (1_700_000_000L + i))
            .toList();

    private final TagPolicy semver = compile(new PolicyRule.Semver(">=1.0.0 <9.0.0"), new TagFilter("", ""));
    private final TagPolicy numerical =
            compile(new PolicyRule.Numerical("asc"), new TagFilter("^main-[a-f0-9]+-(?P<ts>[0-9]+)$", "$ts"));

    private static TagPolicy compile(PolicyRule rule, TagFilter filter) {
        return switch (TagPolicy.compile(new PolicySpec(rule, filter))) {
            case Compilation.Compiled(TagPolicy policy) -> policy;
            case Compilation.Invalid invalid -> throw new IllegalArgumentException(invalid.message());
        };
    }

    @Benchmark
    public Selection fullPassSemver() {
        return semver.select(versions);
    }

    @Benchmark
    public Selection fullPassNumericalWithFilter() {
        return numerical.select(builds);
    }

    @Benchmark
    public Parsed<VersionRange> parseRange() {
        return Ranges.parse(">=1.0.0-0 <2.0.0 || ~3.1 || 5.x");
    }
}

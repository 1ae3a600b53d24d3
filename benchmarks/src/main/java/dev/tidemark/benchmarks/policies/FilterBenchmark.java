package dev.tidemark.benchmarks.policies;

import dev.tidemark.go.regexp.GoPattern;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.filter.TagPattern;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A pattern over 100,000 tags, all of which it takes: as policies match it, and by RE2/J alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {

    @Param({
        "^main-[a-f0-9]+-(?P<ts>[0-9]+)$",
        "^main-[a-f0-9]+-[0-9]+$",
        "^(?P<build>main-[a-f0-9]+)-.*",
        "main-.*-(?P<ts>[0-9]{10})$"
    })
    public String pattern = "";

    private final List<String> tags = IntStream.range(0, 100_000)
            .mapToObj(i -> "main-" + Integer.toHexString(0x10000000 + i * 2654) + "-" + (1_700_000_000L + i))
            .toList();

    @SuppressWarnings("NullAway.Init") // by the set-up
    private TagPattern ours;

    @SuppressWarnings("NullAway.Init")
    private GoPattern plain;

    @Setup
    public void compile() {
        plain = GoPattern.compile(pattern);
        ours = switch (TagPattern.compile(pattern)) {
            case Parsed.Value<TagPattern>(TagPattern compiled) -> compiled;
            case Parsed.Malformed<TagPattern>(String why) -> throw new IllegalArgumentException(why);
        };
    }

    @Benchmark
    public int asPoliciesMatch() {
        int matched = 0;
        for (String tag : tags) {
            matched += ours.occursIn(tag) ? 1 : 0;
        }
        return matched;
    }

    @Benchmark
    public int byRe2j() {
        int matched = 0;
        for (String tag : tags) {
            matched += plain.matcher(tag).find() ? 1 : 0;
        }
        return matched;
    }
}

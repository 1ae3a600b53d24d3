package dev.tidemark.benchmarks.policies;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagDiscovered;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One new tag of an image that has many, with many policies on it. Flat in the tags, linear in the policies. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class NewTagBenchmark {

    private static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Param({"1", "10", "100"})
    int policies;

    @Param({"1000", "10000", "100000"})
    int tags;

    private final Counter counter = new Counter();
    private PolicyEvaluation evaluation = empty(counter);
    private long second;

    /** Afresh for each iteration: the tags that the last one added would make the table another one. */
    @Setup(Level.Iteration)
    public void fill() {
        evaluation = empty(counter);
        for (int i = 0; i < policies; i++) {
            evaluation.apply(Envelope.first(policy(i), "benchmark", NOON));
        }
        for (int i = 0; i < tags; i++) {
            evaluation.apply(found("1." + i / 100 + "." + i % 100, Scope.SCAN));
        }
        evaluation.apply(
                Envelope.first(new Event.ScanCompleted(FEED, scan(), tags, tags, 0, "checksum"), "benchmark", NOON));
    }

    private static Event.PolicyDeclared policy(int number) {
        return new Event.PolicyDeclared(
                FEED.image(),
                new Target("local", "ImagePolicy", "apps", "app-" + number),
                FEED,
                FEED.image().text(),
                new PolicyRule.Semver(">=1.0.0 <2.0.0"),
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of(),
                "uid",
                "1",
                1,
                false);
    }

    private Scan scan() {
        return new Scan("scan", Instant.ofEpochSecond(++second));
    }

    private Envelope<TagDiscovered> found(String tag, Scope scope) {
        return Envelope.first(new TagDiscovered(FEED, tag, null, scan(), scope, NOON), "benchmark", NOON);
    }

    /** Every policy selects the new tag and says so. */
    @Benchmark
    public long selected() {
        evaluation.apply(found("1.5000." + second, Scope.TAG));
        return counter.written;
    }

    /** A tag that no policy wants: what most tags are to most policies. */
    @Benchmark
    public long passedOver() {
        evaluation.apply(found("0.1." + second, Scope.TAG));
        return counter.written;
    }

    private static PolicyEvaluation empty(DecisionPublisher publisher) {
        return new PolicyEvaluation(HeapTable.tables(), publisher, () -> NOON, "benchmark");
    }

    private static final class Counter implements DecisionPublisher {
        private long written;

        @Override
        public void publish(Envelope<? extends Event> envelope) {
            written++;
        }

        @Override
        public void tombstone(Topic topic, String key) {
            written++;
        }
    }
}

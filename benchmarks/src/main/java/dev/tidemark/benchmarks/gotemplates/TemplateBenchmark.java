package dev.tidemark.benchmarks.gotemplates;

import dev.tidemark.gotemplates.Template;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Parsing and executing: operations a second, and with {@code -prof gc} the bytes allocated by each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TemplateBenchmark {
    /** Documents in one template. */
    private static final int LARGE = 80;

    private final String resource = Samples.resources(1);
    private final String largeResources = Samples.resources(LARGE);
    private final Template commitMessage = Samples.COMMIT.parse("commit", Samples.COMMIT_MESSAGE);
    private final Template resourceTemplate = Samples.RESOURCES.parse("resource", resource);
    private final Template largeTemplate = Samples.RESOURCES.parse("resources", largeResources);
    private final Map<String, Object> commitData = Samples.commitData();
    private final Map<String, Object> inputs = Samples.inputs();

    @Benchmark
    public Template parseCommitMessage() {
        return Samples.COMMIT.parse("commit", Samples.COMMIT_MESSAGE);
    }

    @Benchmark
    public Template parseResource() {
        return Samples.RESOURCES.parse("resource", resource);
    }

    @Benchmark
    public Template parseLargeResources() {
        return Samples.RESOURCES.parse("resources", largeResources);
    }

    @Benchmark
    public String executeCommitMessage() {
        return commitMessage.render(commitData);
    }

    @Benchmark
    public String executeResource() {
        return resourceTemplate.bind("inputs", inputs).render(null);
    }

    @Benchmark
    public String executeLargeResources() {
        return largeTemplate.bind("inputs", inputs).render(null);
    }
}

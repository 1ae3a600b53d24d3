package dev.tidemark.systemtests;

import dev.tidemark.testkit.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything goes wrong that goes wrong in a cluster, in an order that a seed draws; {@link EndStateModel} says what must
 * be true afterwards. How to run it for hours and one seed alone: DEVELOPMENT.md, "Fault harness".
 */
class FaultHarnessST {

    private static final String SEED = "tidemark.harness.seed";
    private static final String SEEDS = "tidemark.harness.seeds";
    private static final String DURATION = "tidemark.harness.duration";
    private static final String EVENTS = "tidemark.harness.events";

    /** About a minute of faults; with start and rest it is two on a quiet machine. */
    private static final int DEFAULT_EVENTS = 60;

    /** From {@value SEED} on: {@value SEEDS} of them, and more until {@value DURATION} is over. */
    private static LongStream seeds() {
        long first = Long.getLong(SEED, 1);
        long count = Long.getLong(SEEDS, 1);
        Duration duration = Duration.parse(System.getProperty(DURATION, "PT0S"));
        long began = System.nanoTime();
        return LongStream.iterate(first, seed -> seed + 1)
                .takeWhile(seed -> seed < first + count || System.nanoTime() - began < duration.toNanos());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensEverySettledSelectionIsInGitOnce(long seed) throws Exception {
        Path unused = Tools.require("faketime", "faketime");
        Path folder = Path.of("target", "fault-harness", "seed-" + seed).toAbsolutePath();
        delete(folder);
        Files.createDirectories(folder);
        var plan = FaultPlan.of(seed, HarnessCluster.APPS, Integer.getInteger(EVENTS, DEFAULT_EVENTS));
        try (FaultHarness harness = new FaultHarness(folder)) {
            harness.run(plan);
        } catch (AssertionError | Exception e) {
            String again = "seed %d fails; alone: -Dit.test=FaultHarnessST -D%s=%d".formatted(seed, SEED, seed);
            System.err.println(again);
            throw new AssertionError(again + '\n' + e.getMessage(), e);
        }
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

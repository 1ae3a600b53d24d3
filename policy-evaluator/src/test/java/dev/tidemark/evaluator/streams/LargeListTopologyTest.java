package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image with many tags: no record and no tick costs more than a slice, and others are decided meanwhile. */
class LargeListTopologyTest {

    private static final int TAGS = 22_000;
    private static final int SLICE = 5_000;
    private static final Duration TICK = Duration.ofMillis(5);
    private static final Feed OTHER = Feed.parse("ghcr.io/my-org/other#");
    private static final Target OTHERS = Target.parse("local/ImagePolicy/flux-system/other");

    @TempDir
    Path folder;

    @Test
    void manyTagsAreTakenOverInSlices() {
        try (Evaluation evaluation = new Evaluation(folder)) {
            evaluation.declare(Evaluation.POLICY, Evaluation.FEED, new PolicyRule.Semver(">=0.0.0"));
            evaluation.declare(OTHERS, OTHER, new PolicyRule.Semver(">=0.0.0"));
            evaluation.write(new Event.ScanCompleted(OTHER, Evaluation.scan(1), 0, 0, 0, "checksum"));
            evaluation.scanned(
                    1,
                    IntStream.range(0, TAGS)
                            .mapToObj(i -> "1." + i / 1_000 + "." + i % 1_000)
                            .toList(),
                    List.of());
            assertThat(evaluation.selections()).isEmpty();

            int before = evaluation.tags();
            assertThat(before).isEqualTo(SLICE);
            for (int tick = 0; before < TAGS; tick++) {
                evaluation.pass(TICK);
                assertThat(evaluation.tags() - before).isPositive().isLessThanOrEqualTo(SLICE);
                before = evaluation.tags();
                if (tick == 1) {
                    evaluation.write(new Event.TagDiscovered(
                            OTHER, "1.0.0", null, Evaluation.scan(2), Scope.TAG, evaluation.now()));
                    assertThat(evaluation.selections()).containsExactly(List.of("1.0.0"));
                    evaluation.restart();
                    before = evaluation.tags();
                }
            }

            evaluation.pass(TICK);
            evaluation.pass(TICK);
            assertThat(evaluation.selections()).containsExactly(List.of("1.21.999"));
        }
    }
}

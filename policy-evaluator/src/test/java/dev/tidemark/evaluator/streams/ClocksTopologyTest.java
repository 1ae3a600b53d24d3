package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watchers and evaluators run on machines whose clocks differ: the log says what answers what. */
class ClocksTopologyTest {

    private static final PolicyRule ONE_X = new PolicyRule.Semver("1.x");
    private static final Duration AHEAD = Duration.ofMinutes(2);
    private static final String DIGEST = "sha256:" + "4f53cda1".repeat(8);
    private static final String NEWER = "sha256:" + "9b2e7c10".repeat(8);

    @TempDir
    Path folder;

    private Evaluation evaluation;

    @BeforeEach
    void start() {
        evaluation = new Evaluation(folder);
    }

    @AfterEach
    void stop() {
        evaluation.close();
    }

    private String question() {
        return evaluation.read(Topic.TAG_CHECK_WANTED).getLast().value.id();
    }

    private List<SelectedTag> selected() {
        return evaluation.read(Topic.TAG_SELECTED).stream()
                .flatMap(record -> ((Event.TagSelected) record.value.event()).tags().stream())
                .toList();
    }

    private Instant watchersTime() {
        return evaluation.now().minus(AHEAD);
    }

    @Test
    void theAnswerCountsHoweverOldItSeems() {
        evaluation.declareReflecting(ONE_X, "IfNotPresent", null);
        evaluation.scanned(1, List.of("1.4.2"), List.of());

        evaluation.answer(2, "1.4.2", DIGEST, question(), watchersTime());

        assertThat(selected()).containsExactly(new SelectedTag("1.4.2", DIGEST));
    }

    @Test
    void whatNobodyAskedForIsAskedFor() {
        evaluation.declareReflecting(ONE_X, "IfNotPresent", null);
        evaluation.scanned(1, List.of("1.4.2"), List.of());
        String question = question();

        evaluation.answer(2, "1.4.2", DIGEST, "a webhook", watchersTime());
        assertThat(selected()).isEmpty();

        evaluation.answer(3, "1.4.2", NEWER, question, watchersTime());
        assertThat(selected()).containsExactly(new SelectedTag("1.4.2", NEWER));
    }

    /** A digest that seems to be of the future is as old as the moment in which it was heard of. */
    @Test
    void whatComesFromTheFutureGrowsOldToo() {
        evaluation.scanned(1, List.of("1.4.2"), List.of());
        evaluation.answer(2, "1.4.2", DIGEST, "a webhook", evaluation.now().plus(Duration.ofHours(1)));
        evaluation.pass(Duration.ofMinutes(2));

        evaluation.declareReflecting(ONE_X, "IfNotPresent", null);

        assertThat(selected()).isEmpty();
        assertThat(evaluation.checks()).containsExactly("1.4.2 DIGEST_ONCE");
    }

    @Test
    void aListIsCompleteWhenAllIsAnswered() {
        Target provider = Target.parse("local/ResourceSetInputProvider/flux-system/my-app");
        evaluation.scanned(1, List.of("1.4.1", "1.4.2"), List.of());
        evaluation.declare(provider, FEED, new PolicyRule.TagList(null, null, "1.x", 2, Map.of()));
        var questions = evaluation.read(Topic.TAG_CHECK_WANTED);

        for (var question : questions) {
            String tag = ((Event.TagCheckWanted) question.value.event()).tag();
            evaluation.answer(2, tag, DIGEST, question.value.id(), watchersTime());
        }
        assertThat(selected()).extracting(SelectedTag::tag).containsExactly("1.4.2", "1.4.1");
    }
}

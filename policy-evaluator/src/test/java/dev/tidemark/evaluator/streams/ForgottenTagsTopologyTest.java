package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log forgets tags after the audit window, and feeds that no resource names any more. */
class ForgottenTagsTopologyTest {

    private static final PolicyRule ONE_X = new PolicyRule.Semver("1.x");

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

    @Test
    void whatTheLogForgetsIsForgottenButForWhatIsSelected() {
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.4.2", "2.0.0"), List.of());
        evaluation.selections();

        evaluation.forget(Keys.tag(FEED, "1.4.2"), 0);
        evaluation.forget(Keys.tag(FEED, "2.0.0"), 0);
        evaluation.forget(FEED.text(), 0);

        assertThat(evaluation.tags()).isEqualTo(1);
        assertThat(evaluation.feeds()).isEqualTo(1);
        assertThat(evaluation.selections()).isEmpty();
    }

    @Test
    void aFeedThatNobodyNamesIsForgotten() {
        evaluation.scanned(1, List.of("1.4.2", "2.0.0"), List.of());

        // an owner of the past
        evaluation.forget(Keys.tag(FEED, "1.4.2"), -1);
        assertThat(evaluation.tags()).isEqualTo(2);

        evaluation.forget(Keys.tag(FEED, "1.4.2"), 0);
        evaluation.forget(Keys.tag(FEED, "2.0.0"), 0);
        evaluation.forget(FEED.text(), 0);
        assertThat(evaluation.tags()).isZero();
        assertThat(evaluation.feeds()).isZero();

        // it is named again, and scanned for the first time
        evaluation.declare(ONE_X);
        evaluation.found(2, "1.5.0", Scope.SCAN, null);
        assertThat(evaluation.selections()).isEmpty();
        evaluation.scanned(2, List.of("1.5.0"), List.of());
        assertThat(evaluation.selections()).containsExactly(List.of("1.5.0"));
    }
}

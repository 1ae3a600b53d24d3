package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static dev.tidemark.evaluator.streams.Evaluation.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Topic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy changes its image, which another partition evaluates. */
class HandOverTopologyTest {

    private static final PolicyRule ONE_X = new PolicyRule.Semver("1.x");

    private final Evaluation evaluation;

    HandOverTopologyTest(@TempDir Path folder) {
        evaluation = new Evaluation(folder);
    }

    @AfterEach
    void close() {
        evaluation.close();
    }

    @Test
    void aPolicyThatMovesSelectsBehindWhoHadIt() {
        ImageName old = new ImageName("ghcr.io/my-org/old-app");
        evaluation.scanned(1, List.of("1.4.2"), List.of());

        evaluation.write(Evaluation.declared(POLICY, FEED, ONE_X, 2).following(old, 40L));
        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.said())
                .singleElement()
                .asString()
                .startsWith("AwaitingHandOver: waiting for the hand-over from ghcr.io/my-org/old-app");
        evaluation.restart();
        evaluation.found(2, "1.5.0", Scope.TAG, null);
        assertThat(evaluation.selections()).isEmpty();

        evaluation.write(new PolicyHandedOver(POLICY, FEED.image(), old, 43L, 0));
        assertThat(evaluation.read(Topic.TAG_SELECTED))
                .extracting(record -> (Event.TagSelected) record.value.event())
                .extracting(selected -> selected.tags().getFirst().tag() + ' ' + selected.sequence())
                .containsExactly("1.5.0 44");
    }

    /** Where state is lost and built anew, consumers remember what was selected before. */
    @Test
    void sequencesGoOnBehindWhatTheLogShows() {
        evaluation.shows(POLICY, 1_795_512_000_000L);
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.4.2"), List.of());

        assertThat(evaluation.read(Topic.TAG_SELECTED))
                .extracting(record -> ((Event.TagSelected) record.value.event()).sequence())
                .containsExactly(1_795_512_000_001L);
    }

    @Test
    void whoLetsGoWritesNothingMore() {
        ImageName next = new ImageName("ghcr.io/my-org/new-app");
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.4.2"), List.of());
        evaluation.found(2, "1.5.0", Scope.TAG, null);
        evaluation.selections();

        evaluation.withdraw(FEED.image(), POLICY, new Withdrawal.Moved(next));
        evaluation.found(3, "1.6.0", Scope.TAG, null);
        evaluation.withdraw(FEED.image(), POLICY, new Withdrawal.Deleted());

        assertThat(evaluation.selections()).isEmpty();
        assertThat(evaluation.read(Topic.POLICY_HANDED_OVER))
                .extracting(record -> (Event) record.value.event())
                .containsExactly(new PolicyHandedOver(POLICY, next, FEED.image(), 2L, 0));
    }

    @Test
    void whoWasNotToldOfAnOtherSelectsOnceMoreBehindIt() {
        ImageName old = new ImageName("ghcr.io/my-org/old-app");
        evaluation.declare(ONE_X);
        evaluation.scanned(1, List.of("1.4.2"), List.of());
        evaluation.selections();

        evaluation.write(new PolicyHandedOver(POLICY, FEED.image(), old, 7L, 0));

        assertThat(evaluation.read(Topic.TAG_SELECTED))
                .extracting(record -> (Event.TagSelected) record.value.event())
                .extracting(selected -> selected.tags().getFirst().tag() + ' ' + selected.sequence())
                .containsExactly("1.4.2 8");
    }
}

package dev.tidemark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More policies on one image than are asked at once: what one tag writes at once is bounded, and nobody is forgotten. */
class ManyPoliciesTest implements DecisionPublisher {

    private static final int POLICIES = 20_000;
    private static final int BATCHES = POLICIES / EvaluationBatches.MAX_AT_ONCE;
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");

    private final Tables tables = HeapTable.tables();
    private final List<Event> written = new ArrayList<>();
    private PolicyEvaluation evaluation = evaluation();
    private int second;

    private PolicyEvaluation evaluation() {
        return new PolicyEvaluation(tables, this, () -> NOON, "test");
    }

    /** One story, since so many policies take a while to declare. */
    @Test
    void everybodyIsAskedInTurns() {
        found("1.0.0");
        apply(new Event.ScanCompleted(FEED, scan(), 1, 1, 0, "checksum"));
        for (int i = 0; i < POLICIES; i++) {
            apply(policy(i, i == 7 ? "2.x" : "1.x"));
        }
        aTagThatOnePolicyWantsIsOneSelection();
        aTagThatAllWantIsTakenInTurnsAlsoOverARestart();
        whoHadNoTurnYetComesFirstWhenAnotherTagComes();
        theStopIsInForceAtOnce();
    }

    private void aTagThatOnePolicyWantsIsOneSelection() {
        written.clear();
        found("2.0.0");
        for (int turn = 0; turn < BATCHES; turn++) {
            evaluation.nextBatch();
        }

        assertThat(written).hasSize(2).first().isInstanceOfSatisfying(TagSelected.class, selected -> assertThat(
                        selected.target())
                .isEqualTo(target(7)));
    }

    private void aTagThatAllWantIsTakenInTurnsAlsoOverARestart() {
        written.clear();
        found("1.1.0");
        assertThat(written).isEmpty();

        List<PolicyDecided> decided = new ArrayList<>();
        for (int turn = 0; turn < BATCHES; turn++) {
            if (turn == BATCHES / 2) {
                evaluation = evaluation();
            }
            decided.addAll(turn());
        }

        assertThat(decided)
                .hasSize(POLICIES - 1)
                .allMatch(one -> one.trigger() == Trigger.BACKLOG)
                .allMatch(one -> one.selection().getFirst().tag().equals("1.1.0"))
                .extracting(PolicyDecided::target)
                .doesNotHaveDuplicates();
        assertThat(turn()).isEmpty();
    }

    private void whoHadNoTurnYetComesFirstWhenAnotherTagComes() {
        found("1.2.0");
        List<PolicyDecided> first = turn();
        found("1.3.0");
        List<PolicyDecided> rest = new ArrayList<>();
        for (int turn = 0; turn < BATCHES; turn++) {
            rest.addAll(turn());
        }

        assertThat(first)
                .isNotEmpty()
                .allMatch(one -> one.selection().getFirst().tag().equals("1.2.0"));
        assertThat(rest)
                .hasSize(POLICIES - 1)
                .allMatch(one -> one.selection().getFirst().tag().equals("1.3.0"));
        assertThat(rest.subList(rest.size() - first.size(), rest.size()))
                .extracting(PolicyDecided::target)
                .containsExactlyElementsOf(
                        first.stream().map(PolicyDecided::target).toList());
        assertThat(turn()).isEmpty();
    }

    private void theStopIsInForceAtOnce() {
        written.clear();
        found("1.4.0");
        apply(new Event.ControlRequested(
                Event.ControlRequested.EVERYTHING, Event.ControlAction.HALT, "ada", "all of them at once"));
        for (int turn = 0; turn < 2 * BATCHES; turn++) {
            evaluation.nextBatch();
        }

        assertThat(written).noneMatch(TagSelected.class::isInstance);
        assertThat(decisions()).hasSize(POLICIES - 1).allMatch(one -> one.reason()
                .equals("Halted"));
    }

    private List<PolicyDecided> turn() {
        written.clear();
        evaluation.nextBatch();
        assertThat(written).hasSizeLessThanOrEqualTo(2 * EvaluationBatches.MAX_AT_ONCE);
        return decisions();
    }

    private List<PolicyDecided> decisions() {
        return written.stream()
                .filter(PolicyDecided.class::isInstance)
                .map(PolicyDecided.class::cast)
                .toList();
    }

    private void found(String tag) {
        apply(new Event.TagDiscovered(FEED, tag, null, scan(), Scope.TAG, NOON));
    }

    private Scan scan() {
        second++;
        return new Scan("scan-" + second, NOON.plusSeconds(second));
    }

    private void apply(Event event) {
        evaluation.apply(Envelope.first(event, "test", NOON));
    }

    private static Target target(int number) {
        return new Target("local", "ImagePolicy", "apps", "app-" + number);
    }

    private static Event.PolicyDeclared policy(int number, String range) {
        return new Event.PolicyDeclared(
                FEED.image(),
                target(number),
                FEED,
                FEED.image().text(),
                new PolicyRule.Semver(range),
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of(),
                "uid",
                "1",
                1,
                false);
    }

    @Override
    public void publish(Envelope<? extends Event> envelope) {
        written.add(envelope.event());
    }

    @Override
    public void tombstone(Topic topic, String key) {}
}

package dev.tidemark.evaluation;

import dev.tidemark.evaluation.Choice.Circumstances;
import dev.tidemark.evaluation.PolicyResult.Verdict;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.EventTooLargeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Evaluates a policy, publishes the result, and saves the state that follows. */
final class Decisions {

    /** Selections in a row that one event may lead to; what is left follows with the next tick. */
    private static final int MAX_STEPS = 5;

    private final Tables tables;
    private final DecisionPublisher publisher;
    private final InstantSource clock;
    private final String version;
    private final PolicyIndex index;
    private final Wakeups wakeups;
    private final CheckRequests requests;
    private final Tenures tenures;
    private final Map<String, Long> positions = new TreeMap<>();
    private String reached = "";

    Decisions(
            Tables tables,
            DecisionPublisher publisher,
            InstantSource clock,
            String version,
            PolicyIndex index,
            Wakeups wakeups,
            CheckRequests requests,
            Tenures tenures) {
        this.tables = tables;
        this.publisher = publisher;
        this.clock = clock;
        this.version = version;
        this.index = index;
        this.wakeups = wakeups;
        this.requests = requests;
        this.tenures = tenures;
        tables.positions().forEach("", positions::put);
    }

    /** Takes note of how far the input is read. */
    void offsetRecorded(String topicPartition, long offset) {
        positions.put(topicPartition, offset);
        reached = topicPartition;
    }

    /** Where the input stands: tells two equal facts apart. */
    String place() {
        return reached + '@' + positions.getOrDefault(reached, -1L);
    }

    /**
     * Saves how far the input is read over a restart. Not needed of what no decision depends on yet: who forgets that
     * it was read decides the same.
     */
    void keepPosition() {
        Long offset = positions.get(reached);
        if (offset != null) {
            tables.positions().put(reached, offset);
        }
    }

    /** Evaluates a policy. */
    void decide(PolicyRun run, Trigger trigger, Envelope<?> cause) {
        if (run.declared().suspended()) {
            wakeups.clear(run.key());
            return;
        }
        for (int step = 0; step < MAX_STEPS && decideOnce(run, trigger, cause); step++) {
            // a selection may open the way to the next one
        }
    }

    /** Who has edited a policy is answered, also when that changes nothing and has to wait. */
    void answerLater(PolicyRun run) {
        if (!run.declared().suspended()) {
            index.save(run, run.state().saying(null));
        }
    }

    Circumstances circumstances() {
        return new Circumstances(clock.instant(), stop());
    }

    /** @return whether the policy is to be evaluated again at once */
    private boolean decideOnce(PolicyRun run, Trigger trigger, Envelope<?> cause) {
        Circumstances circumstances = circumstances();
        Instant now = circumstances.now();
        PolicyState state = run.state();
        PolicyResult result = tenures.isWaiting(run.key()) ? waiting(run) : run.evaluate(circumstances);
        Report.Context context = context(run, trigger, now);
        Report report = run.report(result, context);
        if (report.selected().isPresent() && !publish(report.selected().get(), cause, now)) {
            result = tooLarge(state, result.selection().size());
            report = run.report(result, context);
        }
        report.decided().ifPresent(decided -> publisher.publish(cause.causes(decided, PolicyEvaluation.SOURCE, now)));
        wakeups.set(run.key(), result.evaluateAgainAt(), cause);
        if (!report.state().equals(state)) {
            Set<String> before = run.watchedTags();
            index.save(run, report.state());
            requests.markDirty(run, before);
            requests.asks(run, state.check());
        }
        return report.selected().isPresent()
                && result.evaluateAgainAt().filter(at -> !at.isAfter(now)).isPresent();
    }

    private static PolicyResult waiting(PolicyRun run) {
        PolicyState state = run.state();
        return PolicyResult.stays(
                state,
                Verdict.stays(
                        state,
                        PolicyEvaluation.AWAITING_HAND_OVER,
                        Sentences.waitsFor(run.declared().movedFrom())));
    }

    private Report.Context context(PolicyRun run, Trigger trigger, Instant now) {
        return new Report.Context(trigger, now, Map.copyOf(positions), version, tenures.sequence(run.key()));
    }

    /** Writes what is selected once more, behind what somebody else wrote meanwhile. */
    void selectAgain(PolicyRun run, Envelope<?> cause) {
        Instant now = clock.instant();
        Report.again(run.declared(), run.state(), context(run, Trigger.POLICY, now))
                .ifPresent(report -> {
                    report.selected()
                            .ifPresent(selected ->
                                    publisher.publish(cause.causes(selected, PolicyEvaluation.SOURCE, now)));
                    index.save(run, report.state());
                });
    }

    /** False for one that the log does not take: that is this policy's, and no fault of the evaluation. */
    private boolean publish(TagSelected selected, Envelope<?> cause, Instant now) {
        try {
            publisher.publish(cause.causes(selected, PolicyEvaluation.SOURCE, now));
            return true;
        } catch (EventTooLargeException large) {
            return false;
        }
    }

    private static PolicyResult tooLarge(PolicyState state, int tags) {
        return PolicyResult.stays(
                state,
                Verdict.invalid(
                        "TooLarge",
                        "a list of " + Sentences.count(tags, "tag")
                                + " is larger than the log takes: set filter.limit to fewer"));
    }

    private Optional<String> stop() {
        Envelope<?> newest = tables.controls().get(ControlRequested.EVERYTHING);
        // what a newer evaluator has put in force stops this one: it cannot tell what it leaves free
        return newest != null
                        && newest.event() instanceof ControlRequested control
                        && control.action() != ControlAction.LIFT
                ? Optional.of(control.who() + ": " + control.why())
                : Optional.empty();
    }
}

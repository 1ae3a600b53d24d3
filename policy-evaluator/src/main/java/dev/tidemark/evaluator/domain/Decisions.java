package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluator.domain.Choice.Circumstances;
import dev.tidemark.evaluator.domain.PolicyResult.Verdict;
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

/** Asks a policy, publishes what it comes to, and remembers what has to be remembered of it. */
final class Decisions {

    /** Selections in a row that one event may lead to; what is left follows with the next tick. */
    private static final int MAX_STEPS = 5;

    private final Tables tables;
    private final DecisionPublisher outbox;
    private final InstantSource clock;
    private final String version;
    private final PolicyIndex shelf;
    private final Wakeups wakeups;
    private final CheckRequests wants;
    private final Tenures tenures;
    private final Map<String, Long> positions = new TreeMap<>();
    private String reached = "";

    Decisions(
            Tables tables,
            DecisionPublisher outbox,
            InstantSource clock,
            String version,
            PolicyIndex shelf,
            Wakeups wakeups,
            CheckRequests wants,
            Tenures tenures) {
        this.tables = tables;
        this.outbox = outbox;
        this.clock = clock;
        this.version = version;
        this.shelf = shelf;
        this.wakeups = wakeups;
        this.wants = wants;
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
     * Remembers how far the input is read over a restart. Not needed of what no decision depends on yet: who forgets that
     * it was read decides the same.
     */
    void keepPosition() {
        Long offset = positions.get(reached);
        if (offset != null) {
            tables.positions().put(reached, offset);
        }
    }

    /** Asks a policy. */
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
            shelf.remember(run, run.memory().saying(null));
        }
    }

    Circumstances circumstances() {
        return new Circumstances(clock.instant(), stop());
    }

    /** @return whether the policy is to be asked again at once */
    private boolean decideOnce(PolicyRun run, Trigger trigger, Envelope<?> cause) {
        Circumstances circumstances = circumstances();
        Instant now = circumstances.now();
        PolicyState memory = run.memory();
        PolicyResult conclusion = tenures.isWaiting(run.key()) ? waiting(run) : run.conclude(circumstances);
        Report.Context context = context(run, trigger, now);
        Report report = run.report(conclusion, context);
        if (report.selected().isPresent() && !publish(report.selected().get(), cause, now)) {
            conclusion = tooLarge(memory, conclusion.selection().size());
            report = run.report(conclusion, context);
        }
        report.decided().ifPresent(decided -> outbox.publish(cause.causes(decided, PolicyEvaluation.SOURCE, now)));
        wakeups.set(run.key(), conclusion.lookAgainAt(), cause);
        if (!report.memory().equals(memory)) {
            Set<String> before = run.watchedTags();
            shelf.remember(run, report.memory());
            wants.markDirty(run, before);
        }
        return report.selected().isPresent()
                && conclusion.lookAgainAt().filter(at -> !at.isAfter(now)).isPresent();
    }

    private static PolicyResult waiting(PolicyRun run) {
        PolicyState memory = run.memory();
        return PolicyResult.stays(
                memory,
                Verdict.stays(
                        memory,
                        PolicyEvaluation.AWAITING_HAND_OVER,
                        Words.waitsFor(run.declared().movedFrom())));
    }

    private Report.Context context(PolicyRun run, Trigger trigger, Instant now) {
        return new Report.Context(trigger, now, Map.copyOf(positions), version, tenures.sequence(run.key()));
    }

    /** Writes what is selected once more, behind what somebody else wrote meanwhile. */
    void selectAgain(PolicyRun run, Envelope<?> cause) {
        Instant now = clock.instant();
        Report.again(run.declared(), run.memory(), context(run, Trigger.POLICY, now))
                .ifPresent(report -> {
                    report.selected()
                            .ifPresent(
                                    selected -> outbox.publish(cause.causes(selected, PolicyEvaluation.SOURCE, now)));
                    shelf.remember(run, report.memory());
                });
    }

    /** False for one that the log does not take: that is this policy's, and no fault of the evaluation. */
    private boolean publish(TagSelected selected, Envelope<?> cause, Instant now) {
        try {
            outbox.publish(cause.causes(selected, PolicyEvaluation.SOURCE, now));
            return true;
        } catch (EventTooLargeException large) {
            return false;
        }
    }

    private static PolicyResult tooLarge(PolicyState memory, int tags) {
        return PolicyResult.stays(
                memory,
                Verdict.invalid(
                        "TooLarge",
                        "a list of " + Words.count(tags, "tag")
                                + " is larger than the log takes: set filter.limit to fewer"));
    }

    private Optional<String> stop() {
        Envelope<?> newest = tables.controls().get(ControlRequested.EVERYTHING);
        return newest != null
                        && newest.event() instanceof ControlRequested control
                        && control.action() == ControlAction.HALT
                ? Optional.of(control.who() + ": " + control.why())
                : Optional.empty();
    }
}

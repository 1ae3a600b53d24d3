package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluator.domain.Choice.Circumstances;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Event.Trigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks a policy, publishes what it comes to, and remembers what has to be remembered of it. */
final class Decisions {

    /** Selections in a row that one event may lead to; what is left follows with the next tick. */
    private static final int MAX_STEPS = 5;

    private final Tables tables;
    private final Outbox outbox;
    private final InstantSource clock;
    private final String version;
    private final PolicyShelf shelf;
    private final Wakeups wakeups;
    private final Wants wants;
    private final Map<String, Long> positions = new TreeMap<>();
    private String reached = "";

    Decisions(
            Tables tables,
            Outbox outbox,
            InstantSource clock,
            String version,
            PolicyShelf shelf,
            Wakeups wakeups,
            Wants wants) {
        this.tables = tables;
        this.outbox = outbox;
        this.clock = clock;
        this.version = version;
        this.shelf = shelf;
        this.wakeups = wakeups;
        this.wants = wants;
        tables.positions().forEach("", positions::put);
    }

    /** Takes note of how far the input is read. */
    void reached(String topicPartition, long offset) {
        positions.put(topicPartition, offset);
        reached = topicPartition;
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

    Circumstances circumstances() {
        return new Circumstances(clock.instant(), stop());
    }

    /** @return whether the policy is to be asked again at once */
    private boolean decideOnce(PolicyRun run, Trigger trigger, Envelope<?> cause) {
        Circumstances circumstances = circumstances();
        Instant now = circumstances.now();
        PolicyMemory memory = run.memory();
        Conclusion conclusion = run.choice().conclude(memory, circumstances);
        Report report = Report.of(
                run.declared(), memory, conclusion, new Report.Context(trigger, now, Map.copyOf(positions), version));
        report.selected().ifPresent(selected -> outbox.publish(cause.causes(selected, PolicyEvaluation.SOURCE, now)));
        report.decided().ifPresent(decided -> outbox.publish(cause.causes(decided, PolicyEvaluation.SOURCE, now)));
        wakeups.set(run.key(), conclusion.lookAgainAt(), cause);
        if (!report.memory().equals(memory)) {
            wants.touch(run);
            memory.selection().forEach(before -> wants.touch(run.declared().feed(), before.tag()));
            shelf.remember(run, report.memory());
            wants.touch(run);
        }
        return report.selected().isPresent()
                && conclusion.lookAgainAt().filter(at -> !at.isAfter(now)).isPresent();
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

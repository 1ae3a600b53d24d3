package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Written;
import dev.tidemark.flux.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One branch: runs the writer, tells the log and the status what came of it, and says when to look again. */
public final class BranchReconciler {

    static final String EVENT_SOURCE = "git-committer";

    private static final System.Logger LOG = System.getLogger(BranchReconciler.class.getName());

    /** While this replica does not see all selections, or is not the owner, it only waits. */
    private static final Duration WAIT_FOR_LOG = Duration.ofSeconds(1);

    private final Branch branch;
    private final BranchWriter writer;
    private final Plans plans;
    private final Journal journal;
    private final AutomationStatuses statuses;
    private final Backoff backoff;
    private final Clock clock;
    private final Deque<Envelope<?>> unpublished = new ArrayDeque<>();
    private final Map<String, String> problems = new HashMap<>();
    private final BranchStates states;
    private int failures;
    private int faults;

    public BranchReconciler(
            Branch branch,
            BranchWriter writer,
            Plans plans,
            Journal journal,
            AutomationStatuses statuses,
            Backoff backoff,
            Clock clock,
            BranchStates states) {
        this.branch = branch;
        this.writer = writer;
        this.plans = plans;
        this.journal = journal;
        this.statuses = statuses;
        this.backoff = backoff;
        this.clock = clock;
        this.states = states;
    }

    /**
     * Brings the branch to what is wanted.
     *
     * @param look whether to ask the remote where it is, or to trust the head that was seen last
     * @return when to look again if nothing happens before
     */
    public Instant reconcile(boolean look) throws InterruptedException {
        Instant started = clock.instant();
        try {
            return attempt(look, started);
        } catch (RuntimeException | Error fault) {
            Fault.rethrowFatal(fault);
            return failed(fault, started);
        }
    }

    private Instant attempt(boolean look, Instant started) throws InterruptedException {
        publishAll();
        Instant next =
                switch (writer.write(branch, this::current, look || failures > 0)) {
                    case WriteOutcome.Behind behind -> started.plus(WAIT_FOR_LOG);
                    case WriteOutcome.NotOwner notOwner -> started.plus(WAIT_FOR_LOG);
                    case WriteOutcome.Done done -> finish(done, started);
                };
        faults = 0;
        return next;
    }

    /** Whatever a run throws is an outcome too: it stands in the status of every automation of the branch. */
    private Instant failed(Throwable fault, Instant started) {
        faults++;
        Instant nextTry = clock.instant().plus(backoff.after(faults));
        List<AutomationPlan> concerned = plans.of(branch);
        Redaction redaction = Redaction.of(concerned.stream()
                .flatMap(plan -> plan.source().access().secrets().stream())
                .toList());
        LOG.log(
                System.Logger.Level.WARNING,
                branch.text() + ": will be tried again at " + nextTry,
                redaction.masked(fault));
        for (AutomationPlan plan : concerned) {
            var failure = new AutomationOutcome.Failed(plan, Reasons.FAILED, Fault.text(fault, redaction));
            reportOnce(failure, nextTry);
            statuses.ran(failure, started, nextTry);
        }
        return nextTry;
    }

    /** The plans without selections that are older than what the branch was given already. */
    private List<AutomationPlan> current() {
        return plans.of(branch).stream()
                .map(plan -> plan.without(outdated(plan)))
                .toList();
    }

    private Set<String> outdated(AutomationPlan plan) {
        return plan.selections().entrySet().stream()
                .filter(selection -> {
                    Written written = states.of(branch).written().get(selection.getKey());
                    return written != null
                            && written.sequence() > selection.getValue().event().sequence();
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Instant finish(WriteOutcome.Done done, Instant started) {
        BranchState state = states.of(branch);
        Map<String, Written> written = new TreeMap<>(state.written());
        Optional<AutomationOutcome.Failed> failed = Optional.empty();
        for (AutomationOutcome outcome : done.outcomes()) {
            switch (outcome) {
                case AutomationOutcome.Committed committed -> {
                    note(written, committed.plan());
                    problems.remove(committed.plan().name());
                    unpublished.add(event(committed.plan(), CommitFacts.committed(branch, committed)));
                }
                case AutomationOutcome.NoChange noChange -> {
                    note(written, noChange.plan());
                    problems.remove(noChange.plan().name());
                }
                case AutomationOutcome.Failed failure -> failed = Optional.of(failure);
            }
        }
        failures = failed.isPresent() ? failures + 1 : 0;
        Instant nextTry = failed.isPresent() ? clock.instant().plus(backoff.after(failures)) : null;
        for (AutomationOutcome outcome : done.outcomes()) {
            if (outcome instanceof AutomationOutcome.Failed failure && nextTry != null) {
                reportOnce(failure, nextTry);
            }
        }
        BranchState next = new BranchState(
                branch,
                done.head() == null ? state.head() : done.head(),
                CommitFacts.remembered(written),
                failed.isEmpty() ? null : Objects.requireNonNullElse(state.failingSince(), started),
                nextTry,
                failed.map(AutomationOutcome.Failed::message).orElse(null));
        if (!next.equals(state)) {
            unpublished.add(stateEvent(done, next));
            states.put(next);
        }
        publishAll();
        done.outcomes().forEach(outcome -> statuses.ran(outcome, started, nextTry));
        return nextTry == null ? started.plus(interval(done)) : nextTry;
    }

    /** Events that the broker did not take stay here and go first next time: a pushed commit is never untold. */
    private void publishAll() {
        while (!unpublished.isEmpty()) {
            journal.publish(unpublished.getFirst());
            unpublished.removeFirst();
        }
    }

    private static void note(Map<String, Written> written, AutomationPlan plan) {
        Map<String, String> values = plan.policies().stream()
                .collect(Collectors.toMap(
                        Policy::name, policy -> policy.latest().reference(), (first, second) -> first));
        plan.selections().forEach((target, selection) -> {
            TagSelected selected = selection.event();
            String value = values.getOrDefault(selected.target().name(), "");
            written.put(target, new Written(value, selected.sequence()));
        });
    }

    private void reportOnce(AutomationOutcome.Failed failure, Instant nextTry) {
        String problem = failure.reason() + ": " + failure.message();
        if (!problem.equals(problems.put(failure.plan().name(), problem))) {
            unpublished.add(event(
                    failure.plan(),
                    new Event.UpdateFailed(
                            failure.plan().automation().id().toString(),
                            failure.reason(),
                            failure.message(),
                            nextTry)));
        }
    }

    /** An event in the chain of the newest selection that led to it. */
    private <E extends Event> Envelope<E> event(AutomationPlan plan, E event) {
        Instant now = clock.instant();
        return newest(plan)
                .map(cause -> cause.causes(event, EVENT_SOURCE, now))
                .orElseGet(() -> Envelope.first(event, EVENT_SOURCE, now));
    }

    private Envelope<BranchState> stateEvent(WriteOutcome.Done done, BranchState next) {
        Instant now = clock.instant();
        return done.outcomes().stream()
                .flatMap(outcome -> newest(outcome.plan()).stream())
                .max(Comparator.comparing(Envelope::time))
                .map(cause -> cause.causes(next, EVENT_SOURCE, now))
                .orElseGet(() -> Envelope.first(next, EVENT_SOURCE, now));
    }

    private static Optional<Envelope<TagSelected>> newest(AutomationPlan plan) {
        return plan.selections().values().stream().max(Comparator.comparing(Envelope::time));
    }

    private static Duration interval(WriteOutcome.Done done) {
        return done.outcomes().stream()
                .map(outcome -> outcome.plan().automation().spec().interval())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ofDays(1));
    }
}

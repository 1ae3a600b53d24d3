package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationOutcome;
import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.BranchProgress;
import dev.tidemark.committer.domain.Fault;
import dev.tidemark.committer.domain.Reasons;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.flux.Redaction;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings a branch to what is declared and selected, and says in the log and in the status what came of it. A run that only
 * a selection asked for trusts the head that was seen last; any other asks the remote first.
 */
final class BranchReconciler implements Reconciler<Branch> {

    private static final System.Logger LOG = System.getLogger(BranchReconciler.class.getName());

    /** While this replica does not see all selections, or cannot prove that it is the owner, it only waits. */
    private static final Duration WAIT_FOR_LOG = Duration.ofSeconds(1);

    private static final Set<Priority> SELECTION_ONLY = Set.of(Priority.URGENT);

    private final Function<Branch, Optional<OpenBranch>> branches;
    private final Ownership ownership;
    private final Plans plans;
    private final BooleanSupplier selectionsAreCurrent;
    private final CommitBuilder commits;
    private final EventPublisher publisher;
    private final AutomationStatuses statuses;
    private final Clock clock;

    BranchReconciler(
            Function<Branch, Optional<OpenBranch>> branches,
            Ownership ownership,
            Plans plans,
            BooleanSupplier selectionsAreCurrent,
            CommitBuilder commits,
            EventPublisher publisher,
            AutomationStatuses statuses,
            Clock clock) {
        this.branches = branches;
        this.ownership = ownership;
        this.plans = plans;
        this.selectionsAreCurrent = selectionsAreCurrent;
        this.commits = commits;
        this.publisher = publisher;
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public ReconcileResult reconcile(Branch branch, Run run) throws InterruptedException {
        Optional<OpenBranch> open = branches.apply(branch);
        if (open.isEmpty()) {
            return new ReconcileResult.Gone();
        }
        if (!selectionsAreCurrent.getAsBoolean()) {
            return new ReconcileResult.RequeueAfter(WAIT_FOR_LOG);
        }
        return reconcile(open.get(), run);
    }

    private ReconcileResult reconcile(OpenBranch branch, Run run) throws InterruptedException {
        Instant started = clock.instant();
        if (!publish(branch)) {
            return new ReconcileResult.RequeueAfter(WAIT_FOR_LOG);
        }
        boolean fetchFirst = run.failures() > 0 || !run.asked().equals(SELECTION_ONLY);
        BranchWriter writer = new BranchWriter(
                branch.workingClone(),
                commits,
                () -> ownership.fence(branch.epoch()),
                new FoundCommits(branch, this::current, clock));
        return switch (writer.write(() -> current(branch), fetchFirst)) {
            case WriteOutcome.Done(List<AutomationOutcome> outcomes) -> finish(branch, outcomes, started, run);
            case WriteOutcome.NotOwner(List<AutomationOutcome.Committed> pushed) -> {
                // what reached the remote is said by whoever did it; the branch's state is the owner's to write
                pushed.forEach(outcome -> branch.add(BranchProgress.committed(outcome, clock.instant())));
                branch.publish(publisher);
                yield new ReconcileResult.RequeueAfter(WAIT_FOR_LOG);
            }
        };
    }

    private List<AutomationPlan> current(OpenBranch branch) {
        BranchState state = branch.states().of(branch.branch());
        return plans.of(branch.branch()).stream()
                .map(plan -> BranchProgress.current(plan, state))
                .toList();
    }

    private ReconcileResult finish(OpenBranch branch, List<AutomationOutcome> outcomes, Instant started, Run run)
            throws InterruptedException {
        boolean failed = outcomes.stream().anyMatch(AutomationOutcome.Failed.class::isInstance);
        @Nullable Instant nextTry = failed ? run.nextTry() : null;
        note(branch, outcomes, started, nextTry);
        if (outcomes.stream().anyMatch(AutomationOutcome.Committed.class::isInstance)) {
            // the push was fenced; what reached the remote is said by whoever did it
            branch.publish(publisher);
        } else if (!publish(branch)) {
            return new ReconcileResult.RequeueAfter(WAIT_FOR_LOG);
        }
        outcomes.forEach(outcome -> statuses.ran(outcome, started, nextTry));
        return failed ? new ReconcileResult.Retry() : new ReconcileResult.Done(BranchProgress.interval(outcomes));
    }

    /** Says what is to be said, if there is anything; false when that is not this replica's to say any more. */
    private boolean publish(OpenBranch branch) throws InterruptedException {
        if (!branch.hasUnpublished()) {
            return true;
        }
        if (!ownership.fence(branch.epoch())) {
            return false;
        }
        branch.publish(publisher);
        return true;
    }

    /** Puts together what is reported; a state only when it is another one than the log's. */
    private void note(
            OpenBranch branch,
            Collection<? extends AutomationOutcome> outcomes,
            Instant started,
            @Nullable Instant nextTry) {
        Instant now = clock.instant();
        for (AutomationOutcome outcome : outcomes) {
            switch (outcome) {
                case AutomationOutcome.Committed committed -> {
                    branch.wentWell(committed.plan().name());
                    branch.add(BranchProgress.committed(committed, now));
                }
                case AutomationOutcome.NoChange noChange ->
                    branch.wentWell(noChange.plan().name());
                case AutomationOutcome.Failed failed -> reportOnce(branch, failed, nextTry);
            }
        }
        BranchStates states = branch.states();
        BranchState before = states.of(branch.branch());
        @Nullable
        String head = branch.workingClone()
                .heads()
                .get("refs/heads/" + branch.branch().name());
        BranchState next = BranchProgress.after(before, outcomes, plans.of(branch.branch()), head, started, nextTry);
        if (!next.equals(before) || states.isOverwritten(branch.branch())) {
            branch.add(BranchProgress.state(next, outcomes, now));
            states.writing(next, before);
        }
    }

    private void reportOnce(OpenBranch branch, AutomationOutcome.Failed failed, @Nullable Instant nextTry) {
        if (branch.isNews(failed.plan().name(), failed.reason() + ": " + failed.message())) {
            branch.add(BranchProgress.failed(failed, nextTry, clock.instant()));
        }
    }

    /** Whatever a run throws is an outcome too: it stands in the status of every automation of the branch. */
    @Override
    public void failed(Branch branch, Throwable fault, Run run) {
        List<AutomationPlan> concerned = plans.of(branch);
        Redaction redaction = Redaction.of(concerned.stream()
                .flatMap(plan -> plan.source().access().secrets().stream())
                .toList());
        LOG.log(
                Level.WARNING,
                LogKeys.line("reconcile-failed", LogKeys.BRANCH, branch, LogKeys.NEXT_TRY, run.nextTry()),
                redaction.masked(fault));
        Instant now = clock.instant();
        for (AutomationPlan plan : concerned) {
            var failure = new AutomationOutcome.Failed(plan, Reasons.FAILED, Fault.text(fault, redaction));
            branches.apply(branch).ifPresent(open -> reportOnce(open, failure, run.nextTry()));
            statuses.ran(failure, now, run.nextTry());
        }
    }
}

package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationOutcome;
import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.BranchPlans;
import dev.tidemark.committer.domain.BranchProgress;
import dev.tidemark.committer.domain.Credentials;
import dev.tidemark.committer.domain.Fault;
import dev.tidemark.committer.domain.Reasons;
import dev.tidemark.committer.domain.Remote;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.SourceOutcome;
import dev.tidemark.committer.domain.UnknownTags;
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

    private final Branches branches;
    private final Ownership ownership;
    private final Plans plans;
    private final Credentials credentials;
    private final BooleanSupplier selectionsAreCurrent;
    private final CommitBuilder commits;
    private final EventPublisher publisher;
    private final AutomationStatuses statuses;
    private final Clock clock;

    /** The branches that are written here. */
    interface Branches {

        /** Empty for one that is another replica's. */
        Optional<OpenBranch> find(Branch branch);

        /** Gives up a branch that nobody writes any more; empty for one that somebody does. */
        Optional<OpenBranch> shut(Branch branch);
    }

    BranchReconciler(
            Branches branches,
            Ownership ownership,
            Plans plans,
            Credentials credentials,
            BooleanSupplier selectionsAreCurrent,
            CommitBuilder commits,
            EventPublisher publisher,
            AutomationStatuses statuses,
            Clock clock) {
        this.branches = branches;
        this.ownership = ownership;
        this.plans = plans;
        this.credentials = credentials;
        this.selectionsAreCurrent = selectionsAreCurrent;
        this.commits = commits;
        this.publisher = publisher;
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public ReconcileResult reconcile(Branch branch, Run run) throws InterruptedException {
        Optional<OpenBranch> open = branches.find(branch);
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
        branch.begin();
        if (!publish(branch)) {
            return new ReconcileResult.RequeueAfter(WAIT_FOR_LOG);
        }
        Optional<OpenBranch> shut = branches.shut(branch.branch());
        if (shut.isPresent()) {
            // what was pushed has been said; that was the last that had to be done
            shut.get().close();
            return new ReconcileResult.Gone();
        }
        boolean fetchFirst = run.failures() > 0 || !run.asked().equals(SELECTION_ONLY);
        if (fetchFirst) {
            branch.askAgain();
        }
        BranchWriter writer = new BranchWriter(
                branch.workingClone(),
                commits,
                remotes(branch),
                () -> ownership.fence(branch.epoch()),
                new FoundCommits(branch, clock),
                branch.secondPushes(),
                new HeldBack(branch, new UnknownTags(plans::policy), clock));
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

    private BranchWriter.Remotes remotes(OpenBranch branch) {
        return new BranchWriter.Remotes() {
            @Override
            public SourceOutcome reach(Remote remote) {
                SourceOutcome outcome = credentials.of(remote);
                if (outcome instanceof SourceOutcome.Found(Source source)) {
                    branch.uses(source.access());
                }
                return outcome;
            }

            @Override
            public void refused(Remote remote) {
                credentials.refused(remote);
            }
        };
    }

    private BranchPlans current(OpenBranch branch) {
        BranchState state = branch.states().of(branch.branch());
        BranchPlans now = plans.of(branch.branch());
        return new BranchPlans(
                now.plans().stream()
                        .map(plan -> BranchProgress.current(plan, state))
                        .toList(),
                now.faults());
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
        outcomes.forEach(outcome -> statuses.ran(outcome, branch.epoch(), started, nextTry));
        branch.end(!failed && outcomes.stream().noneMatch(AutomationOutcome.Stalled.class::isInstance));
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
                case AutomationOutcome.Stalled stalled -> {
                    if (branch.isNews(stalled.plan().name(), stalled.reason() + ": " + stalled.message())) {
                        branch.add(BranchProgress.stalled(stalled, now));
                    }
                }
            }
        }
        BranchStates states = branch.states();
        BranchState before = states.of(branch.branch());
        BranchState next = BranchProgress.after(
                before, outcomes, plans.of(branch.branch()).plans(), branch.head(), started, nextTry);
        if (!next.equals(before) || states.isOverwritten(branch.branch())) {
            branch.add(states.keeping(BranchProgress.state(next, outcomes, now)));
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
        Optional<OpenBranch> open = branches.find(branch);
        Redaction redaction = open.map(OpenBranch::redaction).orElseGet(Redaction::ofUrls);
        LOG.log(
                Level.WARNING,
                LogKeys.line("reconcile-failed", LogKeys.BRANCH, branch, LogKeys.NEXT_TRY, run.nextTry()),
                redaction.masked(fault));
        open.ifPresent(mine -> failed(mine, Fault.text(fault, redaction), run));
    }

    private void failed(OpenBranch branch, String message, Run run) {
        Instant now = clock.instant();
        for (AutomationPlan plan : plans.of(branch.branch()).plans()) {
            var failure = new AutomationOutcome.Failed(plan, Reasons.FAILED, message);
            reportOnce(branch, failure, run.nextTry());
            statuses.ran(failure, branch.epoch(), now, run.nextTry());
        }
    }
}

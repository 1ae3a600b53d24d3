package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationOutcome;
import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.BranchPlans;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.DamagedCloneException;
import dev.tidemark.committer.domain.Fault;
import dev.tidemark.committer.domain.FoundCommit;
import dev.tidemark.committer.domain.PlanOutcome;
import dev.tidemark.committer.domain.Reasons;
import dev.tidemark.committer.domain.Remote;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.SourceOutcome;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.committer.domain.WorkingClone.HistoryOutcome;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.flux.Redaction;
import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.LogKeys;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run over one branch: one commit per automation, stacked, one push. It builds on the head that is known and pushes
 * expecting that head; only a refusal makes it fetch. Right before every push it asks whether the branch is still this
 * replica's, and the remote's compare-and-swap covers the moment between the answer and the push.
 */
final class BranchWriter {

    /** A branch that moves five times while we write once is written by somebody in a loop: back off. */
    static final int MAX_ATTEMPTS = 5;

    private static final System.Logger LOG = System.getLogger(BranchWriter.class.getName());

    private final WorkingClone clone;
    private final CommitBuilder commits;
    private final Remotes remotes;
    private final Fence fence;
    private final FoundCommits found;
    private final SecondPushes second;
    private final HeldBack heldBack;

    /** What reached the remote in this run, by automation: whatever happens afterwards, it is reported. */
    private final Map<String, AutomationOutcome.Committed> pushed = new LinkedHashMap<>();

    /** Whether the branch is still this replica's to write. */
    @FunctionalInterface
    interface Fence {
        boolean holds() throws InterruptedException;
    }

    /** How remotes are reached, which Secrets say. */
    interface Remotes {
        SourceOutcome reach(Remote remote);

        /** It does not take what it is reached with. */
        void refused(Remote remote);
    }

    BranchWriter(
            WorkingClone clone,
            CommitBuilder commits,
            Remotes remotes,
            Fence fence,
            FoundCommits found,
            SecondPushes second,
            HeldBack heldBack) {
        this.clone = clone;
        this.commits = commits;
        this.remotes = remotes;
        this.fence = fence;
        this.found = found;
        this.second = second;
        this.heldBack = heldBack;
    }

    /**
     * Brings the branch to what its plans say.
     *
     * @param plans asked anew before every attempt
     * @param fetchFirst whether to ask the remote before building: yes when time has passed, no for a fresh selection
     */
    WriteOutcome write(Supplier<BranchPlans> plans, boolean fetchFirst) throws InterruptedException {
        boolean fetch = fetchFirst;
        List<AutomationOutcome> failures = List.of();
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            switch (attempt(plans.get(), fetch)) {
                case Attempt.Finished(List<AutomationOutcome> outcomes) -> {
                    return new WriteOutcome.Done(withPushed(outcomes));
                }
                case Attempt.NotOwner notOwner -> {
                    return new WriteOutcome.NotOwner(List.copyOf(pushed.values()));
                }
                case Attempt.Again again -> {
                    failures = again.failures();
                    fetch = true;
                }
            }
        }
        return new WriteOutcome.Done(withPushed(failures));
    }

    /** What an earlier attempt pushed looks like no change to a later one. */
    private List<AutomationOutcome> withPushed(List<AutomationOutcome> outcomes) {
        List<AutomationOutcome> all = new ArrayList<>(pushed.values());
        for (AutomationOutcome outcome : outcomes) {
            switch (outcome) {
                case AutomationOutcome.Committed committed -> {}
                case AutomationOutcome.NoChange noChange -> {
                    if (!pushed.containsKey(noChange.plan().name())) {
                        all.add(noChange);
                    }
                }
                case AutomationOutcome.Failed failed -> all.add(failed);
                case AutomationOutcome.Stalled stalled -> all.add(stalled);
            }
        }
        return all;
    }

    private sealed interface Attempt {
        record Finished(List<AutomationOutcome> outcomes) implements Attempt {}

        /** @param failures what to say if no further attempt follows */
        record Again(List<AutomationOutcome> failures) implements Attempt {}

        record NotOwner() implements Attempt {}
    }

    private Attempt attempt(BranchPlans plans, boolean fetch) throws InterruptedException {
        found.begin(plans.plans());
        second.begin(plans.plans());
        List<AutomationOutcome> outcomes = new ArrayList<>(plans.faults());
        boolean again = false;
        Map<Remote, List<AutomationPlan>> byRemote = plans.plans().stream()
                .collect(Collectors.groupingBy(AutomationPlan::remote, LinkedHashMap::new, Collectors.toList()));
        for (var group : byRemote.entrySet()) {
            switch (guarded(group.getKey(), group.getValue(), fetch)) {
                case Attempt.Finished(List<AutomationOutcome> finished) -> outcomes.addAll(finished);
                case Attempt.Again(List<AutomationOutcome> failures) -> {
                    outcomes.addAll(failures);
                    again = true;
                }
                case Attempt.NotOwner notOwner -> {
                    return notOwner;
                }
            }
        }
        if (again) {
            return new Attempt.Again(outcomes);
        }
        return new Attempt.Finished(outcomes);
    }

    /**
     * A Secret or a clone that cannot be read, or a fault in the transport, ends the run of these automations and of no
     * others.
     */
    private Attempt guarded(Remote remote, List<AutomationPlan> plans, boolean fetch) throws InterruptedException {
        Redaction redaction = Redaction.ofUrls();
        try {
            switch (remotes.reach(remote)) {
                case SourceOutcome.Found(Source source) -> {
                    redaction = source.redaction();
                    return write(remote, source, plans, fetch);
                }
                case SourceOutcome.Unusable(PlanOutcome.Problem problem) -> {
                    return new Attempt.Finished(plans.stream()
                            .map(plan -> AutomationOutcome.of(plan, problem))
                            .toList());
                }
            }
        } catch (DamagedCloneException damaged) {
            clone.discard();
            return new Attempt.Again(failures(plans, Fault.text(damaged, redaction)));
        } catch (RuntimeException | Error fault) {
            Faults.rethrowFatal(fault);
            LOG.log(
                    Level.WARNING,
                    LogKeys.line("run-failed", LogKeys.BRANCH, plans.getFirst().branch()),
                    redaction.masked(fault));
            return new Attempt.Finished(failures(plans, Fault.text(fault, redaction)));
        }
    }

    /** A remote that was not read to the end because this replica gives the branch up has not failed. */
    private static void unlessGivenUp() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** The automations that reach the branch through one GitRepository. */
    private Attempt write(Remote remote, Source source, List<AutomationPlan> given, boolean fetch)
            throws InterruptedException {
        List<AutomationPlan> plans = given;
        Set<Checkout> wanted =
                plans.stream().map(AutomationPlan::checkout).collect(Collectors.toCollection(TreeSet::new));
        String pushRef = plans.getFirst().pushRef();
        wanted.add(new Checkout.Ref(pushRef));
        Map<String, String> heads = clone.heads();
        Map<String, String> problems = Map.of();
        if (fetch
                || plans.stream().anyMatch(plan -> !clone.heads()
                        .containsKey(plan.checkout().key()))) {
            FetchOutcome outcome = clone.fetch(source, wanted);
            unlessGivenUp();
            switch (outcome) {
                case FetchOutcome.Fetched fetched -> {
                    heads = fetched.heads();
                    problems = fetched.problems();
                    HistoryOutcome history = found.readBack(clone, source, pushRef, heads.get(pushRef));
                    unlessGivenUp();
                    switch (history) {
                        case HistoryOutcome.Read(List<FoundCommit> commits) -> {
                            second.found(commits, given);
                            plans = found.current(given);
                        }
                        case HistoryOutcome.Failed(String message, boolean denied) -> {
                            return notCheckedOut(remote, given, message, denied);
                        }
                    }
                }
                case FetchOutcome.Failed(String message, boolean denied) -> {
                    return notCheckedOut(remote, given, message, denied);
                }
            }
        }
        String expected = heads.get(pushRef);
        List<AutomationOutcome> outcomes = new ArrayList<>();
        @Nullable String head = expected;
        for (AutomationPlan plan : plans) {
            String checkout = heads.get(plan.checkout().key());
            if (checkout == null) {
                outcomes.add(failed(
                        plan,
                        "failed to checkout source: unable to clone: "
                                + problems.getOrDefault(
                                        plan.checkout().key(),
                                        "couldn't find remote ref \""
                                                + plan.checkout().key() + "\": correct spec.ref of "
                                                + source.repository()
                                                + ", or spec.git.checkout.ref of this automation")));
                continue;
            }
            AutomationOutcome outcome =
                    commits.build(clone, plan, head == null ? checkout : head, checkout, source.redaction(), heldBack);
            outcomes.add(outcome);
            if (outcome instanceof AutomationOutcome.Committed committed) {
                head = committed.commit();
            }
        }
        if (head == null || (head.equals(expected) && !second.isOwed(plans))) {
            return new Attempt.Finished(outcomes);
        }
        if (!fence.holds()) {
            return new Attempt.NotOwner();
        }
        Map<String, String> options = options(plans);
        PushOutcome outcome = head.equals(expected)
                ? new PushOutcome.Accepted()
                : told(remote, clone.push(source, pushRef, head, expected, options));
        return outcome instanceof PushOutcome.Accepted
                ? new Attempt.Finished(pushed(remote, source, head, outcomes, options))
                : notPushed(outcome, outcomes);
    }

    /** The branch has its commits; what is to have them, too, gets them now. */
    private List<AutomationOutcome> pushed(
            Remote remote, Source source, String head, List<AutomationOutcome> outcomes, Map<String, String> options) {
        found.pushed(head);
        second.pushed(outcomes);
        List<AutomationOutcome> all =
                second.make(outcomes, refspec -> told(remote, clone.push(source, refspec, head, options)));
        all.forEach(this::notePushed);
        return all;
    }

    private PushOutcome told(Remote remote, PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Refused refused && refused.denied()) {
            remotes.refused(remote);
        }
        return outcome;
    }

    private Attempt notCheckedOut(Remote remote, List<AutomationPlan> plans, String message, boolean denied) {
        if (denied) {
            remotes.refused(remote);
        }
        return new Attempt.Finished(failures(plans, "failed to checkout source: " + message));
    }

    private static Attempt notPushed(PushOutcome outcome, List<AutomationOutcome> outcomes) {
        return switch (outcome) {
            case PushOutcome.Accepted accepted -> new Attempt.Finished(outcomes);
            case PushOutcome.Moved moved -> new Attempt.Again(notPushed(outcomes, moved.message()));
            case PushOutcome.Unclear unclear -> new Attempt.Again(notPushed(outcomes, unclear.message()));
            case PushOutcome.Refused refused -> new Attempt.Finished(notPushed(outcomes, refused.message()));
        };
    }

    private void notePushed(AutomationOutcome outcome) {
        if (outcome instanceof AutomationOutcome.Committed committed) {
            pushed.put(committed.plan().name(), committed);
        }
    }

    private static Map<String, String> options(List<AutomationPlan> plans) {
        Map<String, String> options = new TreeMap<>();
        for (AutomationPlan plan : plans) {
            var git = plan.automation().spec().git();
            if (git != null && git.push() != null && git.push().options() != null) {
                options.putAll(git.push().options());
            }
        }
        return options;
    }

    private static List<AutomationOutcome> notPushed(List<AutomationOutcome> outcomes, String why) {
        return outcomes.stream()
                .map(outcome -> outcome instanceof AutomationOutcome.Committed c
                        ? failed(c.plan(), "failed to update source: failed to push to remote: " + why)
                        : outcome)
                .toList();
    }

    private static List<AutomationOutcome> failures(List<AutomationPlan> plans, String message) {
        return plans.stream().map(plan -> failed(plan, message)).toList();
    }

    private static AutomationOutcome failed(AutomationPlan plan, String message) {
        return new AutomationOutcome.Failed(plan, Reasons.GIT_OPERATION_FAILED, message);
    }
}

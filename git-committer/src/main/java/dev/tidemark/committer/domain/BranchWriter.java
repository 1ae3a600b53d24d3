package dev.tidemark.committer.domain;

import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.events.Branch;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the policies want to one branch: one commit per automation, stacked, one push. It builds on the head it
 * knows and pushes expecting that head; only a refusal makes it fetch. Before every push it proves that the branch is
 * still its own, and the remote's compare-and-swap covers the moment between the proof and the push.
 */
public final class BranchWriter {

    /** A branch that moves five times while we write once is written by somebody in a loop: back off. */
    static final int MAX_ATTEMPTS = 5;

    private static final System.Logger LOG = System.getLogger(BranchWriter.class.getName());

    private final WorkingClone clone;
    private final Selections selections;
    private final Ownership ownership;
    private final Setters setters;
    private final CommitMessages messages;
    private final Clock clock;
    private final Duration catchUpLimit;

    public BranchWriter(
            WorkingClone clone,
            Selections selections,
            Ownership ownership,
            Setters setters,
            CommitMessages messages,
            Clock clock,
            Duration catchUpLimit) {
        this.clone = clone;
        this.selections = selections;
        this.ownership = ownership;
        this.setters = setters;
        this.messages = messages;
        this.clock = clock;
        this.catchUpLimit = catchUpLimit;
    }

    /**
     * Brings the branch to what its plans say.
     *
     * @param plans asked anew before every attempt, after the selections are known to be current
     * @param fetchFirst whether to look at the remote before building: yes when time has passed, no for a fresh selection
     */
    public WriteOutcome write(Branch branch, Supplier<List<AutomationPlan>> plans, boolean fetchFirst)
            throws InterruptedException {
        boolean fetch = fetchFirst;
        List<AutomationOutcome> failures = List.of();
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            if (!selections.catchUp(catchUpLimit)) {
                return new WriteOutcome.Behind();
            }
            if (!ownership.owns(branch)) {
                return new WriteOutcome.NotOwner();
            }
            switch (attempt(branch, plans.get(), fetch)) {
                case Attempt.Finished finished -> {
                    return new WriteOutcome.Done(
                            finished.outcomes(), clone.heads().get("refs/heads/" + branch.name()));
                }
                case Attempt.NotOwner notOwner -> {
                    return new WriteOutcome.NotOwner();
                }
                case Attempt.Again again -> {
                    failures = again.failures();
                    fetch = true;
                }
            }
        }
        return new WriteOutcome.Done(failures, null);
    }

    private sealed interface Attempt {
        record Finished(List<AutomationOutcome> outcomes) implements Attempt {}

        /** @param failures what to say if no further attempt follows */
        record Again(List<AutomationOutcome> failures) implements Attempt {}

        record NotOwner() implements Attempt {}
    }

    private Attempt attempt(Branch branch, List<AutomationPlan> plans, boolean fetch) {
        List<AutomationOutcome> outcomes = new ArrayList<>();
        Map<Source, List<AutomationPlan>> bySource = plans.stream()
                .collect(Collectors.groupingBy(AutomationPlan::source, LinkedHashMap::new, Collectors.toList()));
        for (var group : bySource.entrySet()) {
            switch (guarded(branch, group.getKey(), group.getValue(), fetch)) {
                case Attempt.Finished finished -> outcomes.addAll(finished.outcomes());
                case Attempt.Again again -> {
                    return again;
                }
                case Attempt.NotOwner notOwner -> {
                    return notOwner;
                }
            }
        }
        return new Attempt.Finished(outcomes);
    }

    /** A clone that cannot be read, or a fault in the transport, ends the run of these automations and of no others. */
    private Attempt guarded(Branch branch, Source source, List<AutomationPlan> plans, boolean fetch) {
        try {
            return write(branch, source, plans, fetch);
        } catch (RuntimeException | Error fault) {
            Fault.rethrowFatal(fault);
            Redaction redaction = source.redaction();
            LOG.log(System.Logger.Level.WARNING, branch.text() + ": a run failed", redaction.masked(fault));
            return new Attempt.Finished(failures(plans, Fault.text(fault, redaction)));
        }
    }

    /** The automations that reach the branch through one GitRepository. */
    private Attempt write(Branch branch, Source source, List<AutomationPlan> plans, boolean fetch) {
        var refs = plans.stream().map(AutomationPlan::checkoutRef).collect(Collectors.toCollection(TreeSet::new));
        String pushRef = plans.getFirst().pushRef();
        refs.add(pushRef);
        Map<String, String> heads = clone.heads();
        if (fetch || plans.stream().anyMatch(plan -> !clone.heads().containsKey(plan.checkoutRef()))) {
            switch (clone.fetch(source, refs)) {
                case FetchOutcome.Fetched fetched -> heads = fetched.heads();
                case FetchOutcome.Failed failed -> {
                    return new Attempt.Finished(failures(plans, "failed to checkout source: " + failed.message()));
                }
            }
        }
        String expected = heads.get(pushRef);
        List<AutomationOutcome> outcomes = new ArrayList<>();
        @Nullable String head = expected;
        for (AutomationPlan plan : plans) {
            String checkout = heads.get(plan.checkoutRef());
            if (checkout == null) {
                outcomes.add(failed(
                        plan,
                        "failed to checkout source: unable to clone: couldn't find remote ref \"" + plan.checkoutRef()
                                + "\""));
                continue;
            }
            AutomationOutcome outcome = build(plan, head == null ? checkout : head, checkout);
            outcomes.add(outcome);
            if (outcome instanceof AutomationOutcome.Committed committed) {
                head = committed.commit();
            }
        }
        if (head == null || head.equals(expected)) {
            return new Attempt.Finished(outcomes);
        }
        if (!ownership.proves(branch)) {
            return new Attempt.NotOwner();
        }
        return pushed(source, pushRef, head, expected, plans, outcomes);
    }

    private Attempt pushed(
            Source source,
            String ref,
            String head,
            @Nullable String expected,
            List<AutomationPlan> plans,
            List<AutomationOutcome> outcomes) {
        return switch (clone.push(source, ref, head, expected, options(plans))) {
            case PushOutcome.Accepted accepted -> new Attempt.Finished(outcomes);
            case PushOutcome.Moved moved -> new Attempt.Again(notPushed(outcomes, moved.message()));
            case PushOutcome.Unclear unclear -> new Attempt.Again(notPushed(outcomes, unclear.message()));
            case PushOutcome.Refused refused -> new Attempt.Finished(notPushed(outcomes, refused.message()));
        };
    }

    private AutomationOutcome build(AutomationPlan plan, String parent, String checkout) {
        ImageUpdateAutomationSpec spec = plan.automation().spec();
        String path = spec.update() == null ? null : spec.update().path();
        try {
            TreeUpdate update =
                    setters.apply(clone.tree(parent), path, plan.automation().namespace(), plan.policies());
            if (update.contents().isEmpty()) {
                return new AutomationOutcome.NoChange(plan, update, revision(plan, checkout, parent));
            }
            String message = messages.render(plan, update);
            CommitText text = new CommitText(author(plan), ZonedDateTime.now(clock), message, selections(plan, update));
            String commit = clone.commit(parent, update.contents(), text);
            return new AutomationOutcome.Committed(plan, update, commit, message, revision(plan, checkout, commit));
        } catch (UpdateException e) {
            return new AutomationOutcome.Failed(
                    plan, Reasons.UPDATE_FAILED, "failed to apply policies: " + e.getMessage());
        } catch (CommitMessages.MessageException e) {
            return failed(plan, "failed to update source: " + e.getMessage());
        } catch (RuntimeException | Error fault) {
            Fault.rethrowFatal(fault);
            Redaction redaction = plan.source().redaction();
            LOG.log(System.Logger.Level.WARNING, plan.name() + ": building a commit failed", redaction.masked(fault));
            return new AutomationOutcome.Failed(plan, Reasons.UPDATE_FAILED, Fault.text(fault, redaction));
        }
    }

    private static CommitText.Author author(AutomationPlan plan) {
        var git = Objects.requireNonNull(plan.automation().spec().git(), "the planner checked it");
        var author = git.commit().author();
        return new CommitText.Author(author.name() == null ? "" : author.name(), author.email());
    }

    /** The selections that changed something, for the commit's header. */
    private static String selections(AutomationPlan plan, TreeUpdate update) {
        var changed =
                update.changes().stream().map(change -> change.policy().name()).collect(Collectors.toSet());
        return plan.selections().entrySet().stream()
                .filter(s -> changed.contains(s.getValue().event().target().name()))
                .map(s -> s.getKey() + '@' + s.getValue().event().sequence())
                .collect(Collectors.joining(" "));
    }

    /** The pushed commit, or the checkout's where another branch is pushed to (flux-git-based 6.2). */
    private static String revision(AutomationPlan plan, String checkout, String head) {
        boolean same = plan.checkoutRef().equals(plan.pushRef());
        String branch = plan.checkoutRef().replaceFirst("^refs/(heads|tags)/", "");
        return branch + "@sha1:" + (same ? head : checkout);
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

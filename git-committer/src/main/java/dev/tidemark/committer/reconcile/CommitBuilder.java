package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationOutcome;
import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.CommitFacts;
import dev.tidemark.committer.domain.CommitMessages;
import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.CommitSigning;
import dev.tidemark.committer.domain.CommitText;
import dev.tidemark.committer.domain.DamagedCloneException;
import dev.tidemark.committer.domain.Fault;
import dev.tidemark.committer.domain.PlanOutcome;
import dev.tidemark.committer.domain.Reasons;
import dev.tidemark.committer.domain.Setters;
import dev.tidemark.committer.domain.SigningOutcome;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.committer.domain.UnknownTags.Unknown;
import dev.tidemark.committer.domain.UpdateException;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Redaction;
import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.LogKeys;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds the commit of one automation on top of another commit; nobody else sees it before it is pushed. */
public final class CommitBuilder {

    private static final System.Logger LOG = System.getLogger(CommitBuilder.class.getName());

    private final Setters setters;
    private final CommitMessages messages;
    private final CommitSigning signing;
    private final Clock clock;

    /** @param clock in the zone of commit times */
    public CommitBuilder(Setters setters, CommitMessages messages, CommitSigning signing, Clock clock) {
        this.setters = setters;
        this.messages = messages;
        this.signing = signing;
        this.clock = clock;
    }

    /**
     * What the plan makes of a tree. A fault ends the run of this automation and of no other.
     *
     * @param parent the commit to build on
     * @param checkout the head of the branch that is checked out
     * @param redaction takes out of a fault what the remote is reached with
     * @param heldBack what is not to be written yet
     */
    AutomationOutcome build(
            WorkingClone clone,
            AutomationPlan plan,
            String parent,
            String checkout,
            Redaction redaction,
            HeldBack heldBack) {
        try {
            return switch (signing.of(plan.automation())) {
                case SigningOutcome.Unsigned unsigned -> built(clone, plan, parent, checkout, null, heldBack);
                case SigningOutcome.Signed(CommitSigner signer) ->
                    built(clone, plan, parent, checkout, signer, heldBack);
                case SigningOutcome.Unusable(PlanOutcome.Problem problem) -> AutomationOutcome.of(plan, problem);
            };
        } catch (UpdateException e) {
            return new AutomationOutcome.Failed(
                    plan, Reasons.UPDATE_FAILED, "failed to apply policies: " + e.getMessage());
        } catch (CommitMessages.MessageException e) {
            return new AutomationOutcome.Failed(
                    plan, Reasons.GIT_OPERATION_FAILED, "failed to update source: " + e.getMessage());
        } catch (DamagedCloneException everybodys) {
            throw everybodys;
        } catch (RuntimeException | Error fault) {
            Faults.rethrowFatal(fault);
            LOG.log(
                    System.Logger.Level.WARNING,
                    LogKeys.line(
                            "commit-failed", LogKeys.RESOURCE, plan.automation().id()),
                    redaction.masked(fault));
            return new AutomationOutcome.Failed(plan, Reasons.UPDATE_FAILED, Fault.text(fault, redaction));
        }
    }

    private AutomationOutcome built(
            WorkingClone clone,
            AutomationPlan given,
            String parent,
            String checkout,
            @Nullable CommitSigner signer,
            HeldBack heldBack)
            throws UpdateException, CommitMessages.MessageException {
        AutomationPlan plan = given;
        TreeUpdate update = updated(clone, plan, parent);
        List<Unknown> held = heldBack.of(plan, update);
        if (!held.isEmpty()) {
            plan = plan.without(held.stream().map(Unknown::target).collect(Collectors.toSet()));
            update = updated(clone, plan, parent).holdingBack(held, update.markers());
        }
        if (update.contents().isEmpty()) {
            return new AutomationOutcome.NoChange(plan, update, revision(plan, checkout, parent));
        }
        String message = messages.render(plan, update);
        CommitText text =
                new CommitText(author(plan), ZonedDateTime.now(clock), message, selections(plan, update), plan.name());
        String commit = clone.commit(parent, update.contents(), text, signer);
        return new AutomationOutcome.Committed(plan, update, commit, message, revision(plan, checkout, commit), null);
    }

    private TreeUpdate updated(WorkingClone clone, AutomationPlan plan, String parent) throws UpdateException {
        ImageUpdateAutomationSpec spec = plan.automation().spec();
        String path = spec.update() == null ? null : spec.update().path();
        return setters.apply(clone.tree(parent), path, plan.automation().namespace(), plan.policies());
    }

    private static CommitText.Author author(AutomationPlan plan) {
        var git = Objects.requireNonNull(plan.automation().spec().git(), "the planner checked it");
        var author = git.commit().author();
        return new CommitText.Author(author.name() == null ? "" : author.name(), author.email());
    }

    /** As the commit's header has them. */
    private static String selections(AutomationPlan plan, TreeUpdate update) {
        return CommitFacts.selections(plan, update).entrySet().stream()
                .map(selection -> selection.getKey() + '@' + selection.getValue())
                .collect(Collectors.joining(" "));
    }

    /** The pushed commit, or the checkout's where another branch is pushed to (flux-git-based 6.2). */
    private static String revision(AutomationPlan plan, String checkout, String head) {
        boolean same = plan.checkout().key().equals(plan.pushRef());
        return plan.checkout().label() + "@sha1:" + (same ? head : checkout);
    }
}

package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.BranchPlans;
import dev.tidemark.committer.domain.Declarations;
import dev.tidemark.committer.domain.Declarations.Changed;
import dev.tidemark.committer.domain.Declarations.NotPlanned;
import dev.tidemark.committer.domain.PlanOutcome;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.committer.domain.PolicyChange;
import dev.tidemark.committer.domain.References;
import dev.tidemark.committer.domain.Selections;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Target;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is to be written: the outcome of each automation, planned again when something changes that it says, with the
 * selections of this moment. For any thread.
 */
final class Plans {

    private final Planner planner;
    private final Resources resources;
    private final Selections selections;

    /** Changed by one thread, under this lock; it is held for moments only. */
    private final Declarations declared;

    private final Set<ResourceId> leftOut = new TreeSet<>();
    private volatile boolean complete;

    Plans(Planner planner, Resources resources, Selections selections, int partitions) {
        this.planner = planner;
        this.resources = resources;
        this.selections = selections;
        this.declared = new Declarations(partitions);
    }

    /** Plans an automation anew, or forgets it when it is gone. Not for several threads at once. */
    Changed plan(ResourceId automation) {
        return find(automation).map(this::put).orElseGet(() -> remove(automation));
    }

    private Optional<Resource<ImageUpdateAutomationSpec>> find(ResourceId automation) {
        return resources.find(Kinds.IMAGE_UPDATE_AUTOMATION, automation.namespace(), automation.name());
    }

    private Changed put(Resource<ImageUpdateAutomationSpec> automation) {
        PlanOutcome outcome = planner.plan(automation, resources);
        synchronized (declared) {
            if (declared.hasRoomFor(automation.id())) {
                return declared.put(automation, outcome);
            }
            leftOut.add(automation.id());
            return Changed.nothing();
        }
    }

    private Changed remove(ResourceId automation) {
        Optional<ResourceId> next;
        Changed changed;
        synchronized (declared) {
            leftOut.remove(automation);
            changed = declared.remove(automation);
            next = leftOut.stream().filter(declared::hasRoomFor).findFirst();
            next.ifPresent(leftOut::remove);
        }
        next.map(this::plan).ifPresent(changed::add);
        return changed;
    }

    /** How many automations are beyond {@link Declarations#MAX_AUTOMATIONS}, and are not served. */
    int leftOut() {
        synchronized (declared) {
            return leftOut.size();
        }
    }

    /** Every automation that is declared was planned once. */
    void completed() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    /** What is to be written to a branch now. */
    BranchPlans of(Branch branch) {
        Collection<AutomationPlan> plans = ask(now -> now.plans(branch));
        return planner.selected(plans, resources, selections);
    }

    /** What is declared of a target. */
    Optional<ImagePolicySpec> policy(Target target) {
        return planner.policy(target, resources).map(Resource::spec);
    }

    /** The branches that get what is selected for a target; of a policy that is not there yet, a change tells. */
    Set<Branch> concerned(Target target) {
        return planner.policy(target, resources)
                .map(policy -> branches(
                        resources.all(Kinds.IMAGE_UPDATE_AUTOMATION, policy.namespace()),
                        plan -> planner.selects(plan.automation(), policy)))
                .orElse(Set.of());
    }

    /** The branches that get a policy's image from now on, or not any more. */
    Set<Branch> concerned(PolicyChange change) {
        if (!planner.hasImage(change.policy(), selections)) {
            return Set.of();
        }
        return branches(
                resources.all(Kinds.IMAGE_UPDATE_AUTOMATION, change.policy().namespace()),
                plan -> planner.concerns(change, plan.automation()));
    }

    /** The branches that are reached with a Secret. */
    Set<Branch> reachedWith(ResourceId secret) {
        return branches(References.ofSecret(secret, resources), plan -> true);
    }

    private Set<Branch> branches(
            List<Resource<ImageUpdateAutomationSpec>> automations, Predicate<AutomationPlan> which) {
        Set<Branch> branches = new HashSet<>();
        for (Resource<ImageUpdateAutomationSpec> automation : automations) {
            ask(now -> now.plan(automation.id())).filter(which).ifPresent(plan -> branches.add(plan.branch()));
        }
        return branches;
    }

    /** Everything that falls into a partition. */
    Changed of(int partition) {
        return ask(now -> now.of(partition));
    }

    /** Another number with every change of the writers of a branch; empty for a branch that nobody writes. */
    OptionalLong version(Branch branch) {
        return ask(now -> now.version(branch));
    }

    Optional<NotPlanned> notPlanned(ResourceId automation) {
        return ask(now -> now.notPlanned(automation));
    }

    /** Whether it is declared, however it is planned. */
    boolean exists(ResourceId automation) {
        return find(automation).isPresent();
    }

    /** Which partition speaks for an automation; empty for one that is not declared. */
    OptionalInt speaker(ResourceId automation) {
        return ask(now -> now.speaker(automation));
    }

    /** The partition that a branch, or the name of an automation without one, falls into. */
    int partition(String key) {
        return declared.partition(key);
    }

    private <T> T ask(Function<Declarations, T> question) {
        synchronized (declared) {
            return question.apply(declared);
        }
    }
}

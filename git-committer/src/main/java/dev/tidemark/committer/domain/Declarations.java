package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the resources of one moment declare, sorted by the partitions of {@code branch-state}: the branches with those who
 * write them, and the automations that cannot be planned. Such a one has no branch: its own name says which partition
 * speaks for it.
 *
 * @param partitions by number; those without anything are missing
 * @param namespaces which branches a selection of a namespace concerns
 * @param left how many automations are beyond {@link #MAX_AUTOMATIONS}, and are not served
 */
public record Declarations(
        ResourceSnapshot snapshot, Map<Integer, Slice> partitions, Map<String, Set<Branch>> namespaces, int left) {

    /** Far more than a cluster has; each costs an entry in a work queue. */
    public static final int MAX_AUTOMATIONS = 50_000;

    private static final Slice NOTHING = new Slice(Map.of(), Map.of());

    /** What falls into one partition. */
    public record Slice(Map<Branch, Writers> branches, Map<ResourceId, NotPlanned> notPlanned) {

        private void add(AutomationPlan plan) {
            branches.computeIfAbsent(plan.branch(), branch -> new Writers(new ArrayList<>(), new HashSet<>()))
                    .add(plan);
        }
    }

    /**
     * The automations that write to one branch.
     *
     * @param inputs what their plans come from, besides the selections
     */
    public record Writers(List<Resource<ImageUpdateAutomationSpec>> automations, Set<Object> inputs) {

        private void add(AutomationPlan plan) {
            automations.add(plan.automation());
            inputs.add(List.of(
                    plan.automation(),
                    plan.source(),
                    plan.policies().stream().map(Policy::name).toList()));
        }
    }

    /** An automation that writes nothing, and why. */
    public record NotPlanned(Resource<ImageUpdateAutomationSpec> automation, PlanOutcome outcome) {}

    /** Plans every automation once. */
    public static Declarations of(ResourceSnapshot snapshot, Planner planner, Selections selections, int count) {
        Map<Integer, Slice> slices = new HashMap<>();
        Map<String, Set<Branch>> namespaces = new HashMap<>();
        List<Resource<ImageUpdateAutomationSpec>> all = snapshot.all(Kinds.IMAGE_UPDATE_AUTOMATION);
        for (var automation : all.subList(0, Math.min(all.size(), MAX_AUTOMATIONS))) {
            PlanOutcome outcome = planner.plan(automation, snapshot, selections);
            switch (outcome) {
                case PlanOutcome.Planned(AutomationPlan plan) -> {
                    slice(slices, plan.branch().text(), count).add(plan);
                    namespaces
                            .computeIfAbsent(automation.namespace(), namespace -> new HashSet<>())
                            .add(plan.branch());
                }
                case PlanOutcome.Suspended suspended -> {}
                case PlanOutcome.Stalled stalled -> notPlanned(slices, automation, outcome, count);
                case PlanOutcome.Failed failed -> notPlanned(slices, automation, outcome, count);
            }
        }
        return new Declarations(snapshot, slices, namespaces, Math.max(0, all.size() - MAX_AUTOMATIONS));
    }

    private static void notPlanned(
            Map<Integer, Slice> slices,
            Resource<ImageUpdateAutomationSpec> automation,
            PlanOutcome outcome,
            int count) {
        slice(slices, automation.id().toString(), count)
                .notPlanned()
                .put(automation.id(), new NotPlanned(automation, outcome));
    }

    private static Slice slice(Map<Integer, Slice> slices, String key, int count) {
        return slices.computeIfAbsent(partition(key, count), number -> new Slice(new HashMap<>(), new HashMap<>()));
    }

    /** The partition that a branch, or the name of an automation without one, falls into. */
    public static int partition(String key, int count) {
        return Partitioning.partition(Topic.BRANCH_STATE, key, count);
    }

    public Slice of(int partition) {
        return partitions.getOrDefault(partition, NOTHING);
    }

    /** The branches that a selection of this namespace concerns. */
    public Set<Branch> concerned(String namespace) {
        return namespaces.getOrDefault(namespace, Set.of());
    }
}

package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What every automation came to, sorted by the partitions of {@code branch-state}: the branches with those who write them,
 * and the automations that cannot be planned. Such a one has no branch: its own name says which partition speaks for it.
 * Changed in place, so that one automation costs the same however many there are. For one thread at a time.
 */
public final class Declarations {

    /** By namespace and name: in this order their commits lie on the branch. */
    private static final Comparator<ResourceId> ORDER =
            Comparator.comparing(ResourceId::namespace).thenComparing(ResourceId::name);

    /** Far more than a cluster has; each costs an entry in a work queue. */
    public static final int MAX_AUTOMATIONS = 50_000;

    private final int count;
    private final Map<ResourceId, Declared> automations = new HashMap<>();
    private final Map<Integer, Slice> slices = new HashMap<>();
    private long versions;

    private record Declared(Resource<ImageUpdateAutomationSpec> automation, PlanOutcome outcome) {}

    /** What falls into one partition. */
    private record Slice(Map<Branch, Writers> branches, Map<ResourceId, NotPlanned> notPlanned) {}

    /** The automations that write to one branch. */
    private static final class Writers {
        private final TreeMap<ResourceId, AutomationPlan> plans = new TreeMap<>(ORDER);
        private long version;
    }

    /** An automation that writes nothing, and why. */
    public record NotPlanned(Resource<ImageUpdateAutomationSpec> automation, PlanOutcome.Problem problem) {}

    /**
     * What is another than before.
     *
     * @param branches that have other writers, or none any more
     * @param notPlanned automations that cannot be planned any more, for another reason, or again
     */
    public record Changed(Set<Branch> branches, Set<ResourceId> notPlanned) {

        public static Changed nothing() {
            return new Changed(new HashSet<>(), new HashSet<>());
        }

        public void add(Changed more) {
            branches.addAll(more.branches());
            notPlanned.addAll(more.notPlanned());
        }
    }

    /** @param count of the partitions of {@code branch-state} */
    public Declarations(int count) {
        this.count = count;
    }

    /** An automation is planned anew. */
    public Changed put(Resource<ImageUpdateAutomationSpec> automation, PlanOutcome outcome) {
        ResourceId id = automation.id();
        Declared now = new Declared(automation, outcome);
        Declared before = automations.put(id, now);
        Changed changed = Changed.nothing();
        if (now.equals(before)) {
            return changed;
        }
        if (before != null) {
            takeOut(id, before, changed);
        }
        putIn(id, now, changed);
        return changed;
    }

    /** An automation is gone. */
    public Changed remove(ResourceId id) {
        Changed changed = Changed.nothing();
        Declared before = automations.remove(id);
        if (before != null) {
            takeOut(id, before, changed);
        }
        return changed;
    }

    private void putIn(ResourceId id, Declared declared, Changed changed) {
        switch (declared.outcome()) {
            case PlanOutcome.Planned(AutomationPlan plan) -> {
                Branch branch = plan.branch();
                Writers writers = slice(branch.text()).branches().computeIfAbsent(branch, b -> new Writers());
                writers.plans.put(id, plan);
                writers.version = ++versions;
                changed.branches().add(branch);
            }
            case PlanOutcome.Problem problem -> {
                slice(id.toString()).notPlanned().put(id, new NotPlanned(declared.automation(), problem));
                changed.notPlanned().add(id);
            }
            case PlanOutcome.Suspended suspended -> {}
        }
    }

    private void takeOut(ResourceId id, Declared declared, Changed changed) {
        switch (declared.outcome()) {
            case PlanOutcome.Planned(AutomationPlan plan) -> {
                Branch branch = plan.branch();
                slice(branch.text()).branches().computeIfPresent(branch, (b, writers) -> {
                    writers.plans.remove(id);
                    writers.version = ++versions;
                    return writers.plans.isEmpty() ? null : writers;
                });
                changed.branches().add(branch);
            }
            case PlanOutcome.Problem problem -> {
                slice(id.toString()).notPlanned().remove(id);
                changed.notPlanned().add(id);
            }
            case PlanOutcome.Suspended suspended -> {}
        }
    }

    private Slice slice(String key) {
        return slices.computeIfAbsent(partition(key), number -> new Slice(new HashMap<>(), new HashMap<>()));
    }

    /** The partition that a branch, or the name of an automation without one, falls into. */
    public int partition(String key) {
        return Partitioning.partition(Topic.BRANCH_STATE, key, count);
    }

    /** Which partition speaks for an automation; empty for one that is not declared. */
    public OptionalInt speaker(ResourceId automation) {
        if (!automations.containsKey(automation)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                partition(plan(automation).map(plan -> plan.branch().text()).orElse(automation.toString())));
    }

    /** What an automation is to write; empty for one that cannot be planned, or is suspended. */
    public Optional<AutomationPlan> plan(ResourceId automation) {
        Declared declared = automations.get(automation);
        return declared != null && declared.outcome() instanceof PlanOutcome.Planned(AutomationPlan plan)
                ? Optional.of(plan)
                : Optional.empty();
    }

    /** The plans that write to a branch, by namespace and name of their automations. */
    public Collection<AutomationPlan> plans(Branch branch) {
        Writers writers = slice(branch.text()).branches().get(branch);
        return writers == null ? List.of() : List.copyOf(writers.plans.values());
    }

    /** Another number with every change of the writers of a branch; empty for a branch that nobody writes. */
    public OptionalLong version(Branch branch) {
        Writers writers = slice(branch.text()).branches().get(branch);
        return writers == null ? OptionalLong.empty() : OptionalLong.of(writers.version);
    }

    /** Why an automation cannot be planned; empty for one that can. */
    public Optional<NotPlanned> notPlanned(ResourceId automation) {
        return Optional.ofNullable(slice(automation.toString()).notPlanned().get(automation));
    }

    /** Everything that falls into a partition. */
    public Changed of(int partition) {
        Changed all = Changed.nothing();
        Slice slice = slices.get(partition);
        if (slice != null) {
            all.branches().addAll(slice.branches().keySet());
            all.notPlanned().addAll(slice.notPlanned().keySet());
        }
        return all;
    }

    /** Whether an automation can be put in: more than {@link #MAX_AUTOMATIONS} are not served. */
    public boolean hasRoomFor(ResourceId automation) {
        return automations.containsKey(automation) || automations.size() < MAX_AUTOMATIONS;
    }
}

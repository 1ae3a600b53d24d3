package dev.tidemark.committer.domain;

import dev.tidemark.committer.domain.PlanOutcome.Planned;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The lanes of the branches that this replica owns: opens, wakes and closes them as partitions, resources and selections
 * change. An automation that cannot be planned has no branch; the owner of the partition that its own name falls into
 * speaks for it.
 */
public final class BranchLanes {

    private final Plans plans;
    private final Journal journal;
    private final AutomationStatuses statuses;
    private final Clock clock;
    private final int partitions;
    private final BranchStates states;
    private final Opener opener;

    private final Set<Integer> active = new TreeSet<>();
    private final Map<Branch, Open> open = new HashMap<>();
    private final Map<ResourceId, PlanOutcome> told = new HashMap<>();

    /** Makes the lane of a branch, not started. */
    @FunctionalInterface
    public interface Opener {
        Lane open(Branch branch);
    }

    /** @param inputs what the plans come from besides the selections: a change of it means a look at the remote */
    private record Open(Lane lane, Set<String> namespaces, Set<Object> inputs) {}

    public BranchLanes(
            Plans plans,
            Journal journal,
            AutomationStatuses statuses,
            Clock clock,
            int partitions,
            BranchStates states,
            Opener opener) {
        this.plans = plans;
        this.journal = journal;
        this.statuses = statuses;
        this.clock = clock;
        this.partitions = partitions;
        this.states = states;
        this.opener = opener;
    }

    /** Takes over partitions: reads what is remembered of their branches, then opens their lanes. */
    public synchronized void assigned(Collection<Integer> numbers) {
        journal.restore(numbers).forEach(states::put);
        active.addAll(numbers);
        refresh();
    }

    /** Gives partitions up; a push that is on its way fails its proof or is refused by the remote. */
    public synchronized void revoked(Collection<Integer> numbers) {
        active.removeAll(numbers);
        open.entrySet().removeIf(entry -> {
            boolean gone = !active.contains(partition(entry.getKey().text()));
            if (gone) {
                entry.getValue().lane().close();
            }
            return gone;
        });
        states.forget(branch -> !active.contains(partition(branch.text())));
    }

    /** The resources changed. */
    public synchronized void refresh() {
        Map<Branch, Set<AutomationPlan>> wanted = new HashMap<>();
        Set<ResourceId> declared = new HashSet<>();
        plans.all().forEach((automation, outcome) -> {
            declared.add(automation.id());
            if (outcome instanceof Planned(AutomationPlan plan)) {
                told.remove(automation.id());
                if (active.contains(partition(plan.branch().text()))) {
                    wanted.computeIfAbsent(plan.branch(), b -> new HashSet<>()).add(plan);
                }
            } else if (active.contains(partition(automation.id().toString()))) {
                tell(automation, outcome);
            }
        });
        told.keySet().retainAll(declared);
        open.entrySet().removeIf(entry -> {
            boolean unused = !wanted.containsKey(entry.getKey());
            if (unused) {
                entry.getValue().lane().close();
            }
            return unused;
        });
        List<RuntimeException> faults = new ArrayList<>();
        wanted.forEach((branch, planned) -> {
            try {
                ensure(branch, planned);
            } catch (RuntimeException fault) {
                faults.add(fault);
                planned.forEach(plan -> tell(
                        plan.automation(),
                        new PlanOutcome.Failed(
                                Reasons.GIT_OPERATION_FAILED,
                                Fault.text(fault, plan.source().redaction()))));
            }
        });
        if (!faults.isEmpty()) {
            // the caller tries again; the other branches have their lanes
            throw faults.getFirst();
        }
    }

    private void ensure(Branch branch, Set<AutomationPlan> planned) {
        Set<String> namespaces =
                planned.stream().map(plan -> plan.automation().namespace()).collect(Collectors.toSet());
        Set<Object> inputs = planned.stream()
                .map(plan -> List.of(
                        plan.automation(),
                        plan.source(),
                        plan.policies().stream().map(p -> p.name()).toList()))
                .collect(Collectors.toSet());
        Open before = open.get(branch);
        if (before == null) {
            Lane lane = opener.open(branch);
            open.put(branch, new Open(lane, namespaces, inputs));
            lane.start();
        } else if (!before.inputs().equals(inputs)) {
            open.put(branch, new Open(before.lane(), namespaces, inputs));
            before.lane().wake(Lane.Wake.LOOK);
        }
    }

    /** Selections changed, and the table already shows it. */
    public synchronized void selected(Set<String> targets) {
        Set<String> namespaces =
                targets.stream().flatMap(key -> namespace(key).stream()).collect(Collectors.toSet());
        for (Open lane : open.values()) {
            if (lane.namespaces().stream().anyMatch(namespaces::contains)) {
                lane.lane().wake(Lane.Wake.SELECTION);
            }
        }
    }

    /** A record may have any key; one that names no target concerns no branch. */
    private static Optional<String> namespace(String key) {
        try {
            return Optional.of(Target.parse(key).namespace());
        } catch (IllegalArgumentException noTarget) {
            return Optional.empty();
        }
    }

    /** A state of a branch appeared in the log: if it is not ours, a writer that was paused wrote; look at what it did. */
    public synchronized void stateSeen(BranchState state) {
        Open lane = open.get(state.branch());
        if (lane != null && !states.knows(state)) {
            lane.lane().wake(Lane.Wake.LOOK);
        }
    }

    /** Whether every lane has run once. */
    public synchronized boolean settled() {
        return open.values().stream().allMatch(lane -> lane.lane().ran());
    }

    public synchronized void close() {
        open.values().forEach(lane -> lane.lane().close());
        open.clear();
    }

    private void tell(Resource<ImageUpdateAutomationSpec> automation, PlanOutcome outcome) {
        statuses.notPlanned(automation, outcome);
        if (outcome.equals(told.put(automation.id(), outcome))) {
            return;
        }
        String what = automation.id().toString();
        switch (outcome) {
            case PlanOutcome.Stalled(String reason, String message) ->
                journal.publish(first(new Event.UpdateRefused(what, reason, message)));
            case PlanOutcome.Failed(String reason, String message) ->
                journal.publish(first(new Event.UpdateFailed(what, reason, message, null)));
            case PlanOutcome.Planned planned -> {}
            case PlanOutcome.Suspended suspended -> {}
        }
    }

    private Envelope<?> first(Event event) {
        return Envelope.first(event, BranchReconciler.EVENT_SOURCE, clock.instant());
    }

    private int partition(String key) {
        return Partitioning.partition(Topic.BRANCH_STATE, key, partitions);
    }
}

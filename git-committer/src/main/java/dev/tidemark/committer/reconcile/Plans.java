package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.Declarations;
import dev.tidemark.committer.domain.PlanOutcome;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.committer.domain.Selections;
import dev.tidemark.events.Branch;
import dev.tidemark.flux.ResourceSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be written: what was declared when the resources were read last, with the selections of this moment. */
final class Plans {

    private final Planner planner;
    private final ResourceSource resources;
    private final Selections selections;
    private final int partitions;
    private volatile @Nullable Declarations declared;

    Plans(Planner planner, ResourceSource resources, Selections selections, int partitions) {
        this.planner = planner;
        this.resources = resources;
        this.selections = selections;
        this.partitions = partitions;
    }

    /** Reads the resources: costs what there is of them, so whoever calls it may take its time. */
    Declarations refresh() {
        Declarations fresh = Declarations.of(resources.current(), planner, selections, partitions);
        declared = fresh;
        return fresh;
    }

    /** Empty before the resources were read first. */
    Optional<Declarations> declared() {
        return Optional.ofNullable(declared);
    }

    /** The plans that write to one branch, by namespace and name of their automations. */
    List<AutomationPlan> of(Branch branch) {
        Declarations now = declared;
        if (now == null) {
            return List.of();
        }
        Declarations.Writers writers =
                now.of(partition(branch.text())).branches().get(branch);
        List<AutomationPlan> plans = new ArrayList<>();
        if (writers != null) {
            for (var automation : writers.automations()) {
                if (planner.plan(automation, now.snapshot(), selections)
                        instanceof PlanOutcome.Planned(AutomationPlan plan)) {
                    plans.add(plan);
                }
            }
        }
        return plans;
    }

    /** The partition that a branch, or the name of an automation without one, falls into. */
    int partition(String key) {
        return Declarations.partition(key, partitions);
    }
}

package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plans of all automations, as the resources and the selections are at this moment. */
public final class Plans {

    private final Planner planner;
    private final ResourceSource resources;
    private final Selections selections;
    private volatile @Nullable Index index;

    public Plans(Planner planner, ResourceSource resources, Selections selections) {
        this.planner = planner;
        this.resources = resources;
        this.selections = selections;
    }

    /** Every automation with what planning it came to. */
    public Map<Resource<ImageUpdateAutomationSpec>, PlanOutcome> all() {
        ResourceSnapshot snapshot = resources.current();
        Map<Resource<ImageUpdateAutomationSpec>, PlanOutcome> outcomes = new LinkedHashMap<>();
        for (var automation : snapshot.all(Kinds.IMAGE_UPDATE_AUTOMATION)) {
            outcomes.put(automation, planner.plan(automation, snapshot, selections));
        }
        return outcomes;
    }

    /** The plans that write to one branch, by namespace and name of their automations. */
    public List<AutomationPlan> of(Branch branch) {
        ResourceSnapshot snapshot = resources.current();
        List<AutomationPlan> plans = new ArrayList<>();
        for (var automation : indexOf(snapshot).writers().getOrDefault(branch, List.of())) {
            if (planner.plan(automation, snapshot, selections) instanceof PlanOutcome.Planned(AutomationPlan plan)) {
                plans.add(plan);
            }
        }
        return plans;
    }

    /** Which automations write to which branch depends on the resources alone: computed once for each snapshot. */
    private Index indexOf(ResourceSnapshot snapshot) {
        Index known = index;
        if (known != null && known.snapshot().equals(snapshot)) {
            return known;
        }
        Map<Branch, List<Resource<ImageUpdateAutomationSpec>>> writers = new HashMap<>();
        for (var automation : snapshot.all(Kinds.IMAGE_UPDATE_AUTOMATION)) {
            if (planner.plan(automation, snapshot, selections) instanceof PlanOutcome.Planned(AutomationPlan plan)) {
                writers.computeIfAbsent(plan.branch(), b -> new ArrayList<>()).add(automation);
            }
        }
        Index fresh = new Index(snapshot, writers);
        index = fresh;
        return fresh;
    }

    private record Index(ResourceSnapshot snapshot, Map<Branch, List<Resource<ImageUpdateAutomationSpec>>> writers) {}
}

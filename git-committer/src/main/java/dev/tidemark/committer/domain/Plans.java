package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plans of all automations, as the resources and the selections are at this moment. */
public final class Plans {

    private final Planner planner;
    private final ResourceSource resources;
    private final Selections selections;

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
        List<AutomationPlan> plans = new ArrayList<>();
        for (PlanOutcome outcome : all().values()) {
            if (outcome instanceof PlanOutcome.Planned(AutomationPlan plan)
                    && plan.branch().equals(branch)) {
                plans.add(plan);
            }
        }
        return plans;
    }
}

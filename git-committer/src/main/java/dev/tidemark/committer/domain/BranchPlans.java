package dev.tidemark.committer.domain;

import java.util.List;

/**
 * What is to be written to one branch.
 *
 * @param plans by namespace and name of their automations, with what is selected now
 * @param faults of automations whose selections could not be put together
 */
public record BranchPlans(List<AutomationPlan> plans, List<AutomationOutcome> faults) {}

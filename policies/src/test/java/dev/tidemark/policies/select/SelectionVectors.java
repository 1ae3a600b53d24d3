package dev.tidemark.policies.select;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.PolicyRule;

/** What the vectors of plain and of filtered selection have in common. */
final class SelectionVectors {

    private SelectionVectors() {}

    static String outcome(Selection selection) {
        return switch (selection) {
            case Selection.Selected selected -> selected.tag();
            case Selection.NothingMatches nothing -> nothing.message();
            case Selection.NotNumeric notNumeric -> notNumeric.message();
        };
    }

    static PolicyRule rule(JsonNode input) {
        JsonNode policy = input.path("policy");
        return PolicyRule.choose(
                policy.has("semver")
                        ? new PolicyRule.Semver(
                                policy.path("semver").path("range").asText())
                        : null,
                policy.has("alphabetical")
                        ? new PolicyRule.Alphabetical(
                                policy.path("alphabetical").path("order").asText())
                        : null,
                policy.has("numerical")
                        ? new PolicyRule.Numerical(
                                policy.path("numerical").path("order").asText())
                        : null);
    }
}

package dev.tidemark.renderer.domain.render;

import dev.tidemark.flux.ResourceSetSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@code spec} that are checked before anything else (flux-gitless 2.1): an invalid ResourceSet can never
 * empty itself.
 */
final class SpecRules {

    private static final int MAX_STEPS = 20;
    private static final Pattern STEP_NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private SpecRules() {}

    /** What is wrong, or null. */
    static @Nullable String problem(ResourceSetSpec spec) {
        List<ResourceSetSpec.Step> steps = Objects.requireNonNullElse(spec.steps(), List.of());
        if (steps.isEmpty()) {
            return spec.resources() == null && spec.resourcesTemplate() == null
                    ? "spec needs at least one of resources, resourcesTemplate and steps"
                    : null;
        }
        if (spec.resources() != null || spec.resourcesTemplate() != null) {
            return "spec.steps and spec.resources or spec.resourcesTemplate are mutually exclusive: "
                    + "move the resources into a step";
        }
        if (steps.size() > MAX_STEPS) {
            return "spec.steps has " + steps.size() + " entries, at most " + MAX_STEPS + " are allowed";
        }
        return stepProblem(steps);
    }

    private static @Nullable String stepProblem(List<ResourceSetSpec.Step> steps) {
        Set<String> names = new HashSet<>();
        for (ResourceSetSpec.Step step : steps) {
            if (!STEP_NAME.matcher(step.name()).matches()) {
                return "step '" + step.name() + "': a name has at most 63 lower-case letters, digits and '-'";
            }
            if (!names.add(step.name())) {
                return "two steps have the name '" + step.name() + "'";
            }
            if (step.resources() == null && step.resourcesTemplate() == null) {
                return "step '" + step.name() + "' needs at least one of resources and resourcesTemplate";
            }
        }
        return null;
    }
}

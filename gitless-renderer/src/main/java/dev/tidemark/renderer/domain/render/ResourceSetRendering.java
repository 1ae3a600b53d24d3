package dev.tidemark.renderer.domain.render;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.gotemplates.FunctionSet;
import dev.tidemark.gotemplates.TemplateEngine;
import dev.tidemark.gotemplates.exec.MissingKey;
import dev.tidemark.gotemplates.limits.Bounds;
import dev.tidemark.gotemplates.yaml.GoYaml;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.Sha256;
import dev.tidemark.renderer.domain.input.InputCombination;
import dev.tidemark.renderer.domain.input.InputSource;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A ResourceSet and its inputs become objects (flux-gitless 2.2 to 2.5). Thread-safe. */
public final class ResourceSetRendering {

    private final StepRendering steps;
    private final boolean seedLabels;
    private final RenderLimits limits;
    private final RenderSlots slots;

    /**
     * @param seedLabels whether objects also get {@code resourceset.fluxcd.io/name} and {@code /namespace}
     * @param limits of each ResourceSet
     * @param slots for those that take much
     */
    public ResourceSetRendering(YamlDocuments yaml, boolean seedLabels, RenderLimits limits, RenderSlots slots) {
        this.limits = limits;
        this.slots = slots;
        TemplateEngine engine = TemplateEngine.builder()
                .functions(FunctionSet.resourceSet())
                .delimiters("<<", ">>")
                .missingKey(MissingKey.ERROR)
                .bounds(Bounds.defaults().withOutputLength(output(limits)))
                .build();
        this.steps = new StepRendering(engine, yaml);
        this.seedLabels = seedLabels;
    }

    /** No execution writes more than the whole set may. */
    private static int output(RenderLimits limits) {
        return (int) Math.min(Bounds.defaults().outputLength(), Math.max(1, limits.text()));
    }

    /** What became of a ResourceSet. */
    public sealed interface Outcome {
        /**
         * @param inputs the combined input sets
         * @param steps one without a name for a ResourceSet without steps
         */
        record Rendered(List<Map<String, @Nullable Object>> inputs, List<RenderedStep> steps) implements Outcome {

            /** With other objects in place of these, the same ones otherwise. */
            public Rendered with(List<RenderedStep> others) {
                return new Rendered(inputs, others);
            }

            public List<KubeObject> objects() {
                return steps.stream().flatMap(step -> step.objects().stream()).toList();
            }

            /** A hash of the objects as YAML, in the order of rendering. */
            public String revision() {
                StringBuilder documents = new StringBuilder();
                objects().forEach(object -> documents.append("---\n").append(GoYaml.write(object.json())));
                return Sha256.revision(documents.toString());
            }
        }

        /** Only a change of the ResourceSet or of its inputs helps: reason {@code BuildFailed}. */
        record Refused(String message) implements Outcome {}
    }

    /** Renders, and puts the owner's labels and the common metadata on every object. */
    public Outcome render(Resource<ResourceSetSpec> resourceSet, List<InputSource> providers) {
        Owner owner = new Owner(resourceSet.namespace(), resourceSet.name());
        if (owner.name().length() > Owner.MAX_LABEL || owner.namespace().length() > Owner.MAX_LABEL) {
            return new Outcome.Refused(
                    "ResourceSet " + owner + ": name and namespace become label values, which have at " + "most "
                            + Owner.MAX_LABEL + " characters: choose a shorter one");
        }
        return switch (build(resourceSet, providers)) {
            case Outcome.Rendered rendered ->
                new Outcome.Rendered(
                        rendered.inputs(),
                        rendered.steps().stream()
                                .map(step ->
                                        mark(step, owner, resourceSet.spec().commonMetadata()))
                                .toList());
            case Outcome.Refused refused -> refused;
        };
    }

    /** Renders only: the objects as their templates say. */
    Outcome build(Resource<ResourceSetSpec> resourceSet, List<InputSource> providers) {
        ResourceSetSpec spec = resourceSet.spec();
        String invalid = SpecRules.problem(spec);
        if (invalid != null) {
            return new Outcome.Refused(invalid);
        }
        return switch (combine(resourceSet, providers)) {
            case InputCombination.Outcome.Refused refused -> new Outcome.Refused(refused.message());
            case InputCombination.Outcome.Combined combined -> build(spec, combined.sets());
        };
    }

    static InputCombination.Outcome combine(Resource<ResourceSetSpec> resourceSet, List<InputSource> providers) {
        ResourceSetSpec spec = resourceSet.spec();
        List<InputSource> sources = new ArrayList<>(providers);
        if (spec.inputs() != null && !spec.inputs().isEmpty()) {
            sources.add(InputSource.inline(resourceSet.namespace(), resourceSet.name(), spec.inputs()));
        }
        if (spec.inputStrategy() == null) {
            return InputCombination.flatten(sources);
        }
        return switch (spec.inputStrategy().name()) {
            case "Flatten" -> InputCombination.flatten(sources);
            case "Permute" ->
                InputCombination.permute(sources, spec.inputStrategy().includeEmptyProviders());
            default ->
                new InputCombination.Outcome.Refused(
                        "unknown input strategy '" + spec.inputStrategy().name() + "': use Flatten or Permute");
        };
    }

    /** An empty list of inputs means "render once" only where nothing was to deliver any. */
    private Outcome build(ResourceSetSpec spec, List<Map<String, @Nullable Object>> sets) {
        boolean expectsInputs = spec.inputsFrom() != null && !spec.inputsFrom().isEmpty();
        if (sets.isEmpty() && expectsInputs) {
            return new Outcome.Rendered(sets, List.of());
        }
        try (RenderBudget budget = new RenderBudget(limits, slots.begin())) {
            List<RenderedStep> rendered = spec.steps() == null || spec.steps().isEmpty()
                    ? List.of(new RenderedStep(
                            "", steps.render("", spec.resources(), spec.resourcesTemplate(), sets, budget)))
                    : spec.steps().stream()
                            .map(step -> step(step, sets, budget))
                            .toList();
            refuseSharedObjects(rendered);
            return new Outcome.Rendered(sets, rendered);
        } catch (BuildRefusal refusal) {
            return new Outcome.Refused(refusal.problem());
        }
    }

    private RenderedStep step(
            ResourceSetSpec.Step step, List<Map<String, @Nullable Object>> sets, RenderBudget budget) {
        String prefix = "steps[" + step.name() + "].";
        return new RenderedStep(
                step.name(), steps.render(prefix, step.resources(), step.resourcesTemplate(), sets, budget));
    }

    private static void refuseSharedObjects(List<RenderedStep> rendered) {
        Map<ObjectId, String> stepOf = new HashMap<>();
        for (RenderedStep step : rendered) {
            for (KubeObject object : step.objects()) {
                String before = stepOf.putIfAbsent(object.id(), step.name());
                if (before != null && !before.equals(step.name())) {
                    throw new BuildRefusal("duplicate resource " + object.id() + " in the steps '" + before + "' and '"
                            + step.name() + "': render it in one of them");
                }
            }
        }
    }

    private RenderedStep mark(RenderedStep step, Owner owner, ResourceSetSpec.@Nullable CommonMetadata common) {
        Map<String, String> labels = common == null ? Map.of() : Objects.requireNonNullElse(common.labels(), Map.of());
        Map<String, String> annotations =
                common == null ? Map.of() : Objects.requireNonNullElse(common.annotations(), Map.of());
        return new RenderedStep(
                step.name(),
                step.objects().stream()
                        .map(object ->
                                object.with(owner.labels(seedLabels), Map.of()).with(labels, annotations))
                        .toList());
    }
}

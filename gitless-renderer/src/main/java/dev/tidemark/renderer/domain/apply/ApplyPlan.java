package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.render.RenderedStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is applied in which order, and what is waited for between (flux-gitless 2.8, 2.9).
 *
 * @param atEnd what is waited for when everything is applied and pruned
 */
record ApplyPlan(List<Part> parts, Wait atEnd) {

    /** An API server establishes a definition in less than a second. */
    private static final Duration STAGE_TIMEOUT = Duration.ofSeconds(60);

    /**
     * @param objects applied together: all of them, or none that would be refused
     * @param then what is waited for before the next part
     */
    record Part(List<KubeObject> objects, Wait then) {}

    /** @param objects none where nothing is waited for */
    record Wait(String name, List<KubeObject> objects, Duration timeout) {
        static final Wait NONE = new Wait("", List.of(), Duration.ZERO);
    }

    static ApplyPlan of(List<RenderedStep> steps, WaitRules rules) {
        List<Part> parts = new ArrayList<>();
        Wait atEnd = Wait.NONE;
        for (int i = 0; i < steps.size(); i++) {
            RenderedStep step = steps.get(i);
            stages(step).forEach((stage, objects) -> parts.add(new Part(objects, ofStage(step, stage, objects))));
            Wait wait = new Wait(label(step), step.objects(), rules.timeout(step.name()));
            if (i < steps.size() - 1) {
                parts.add(new Part(List.of(), wait));
            } else if (rules.atEnd()) {
                atEnd = wait;
            }
        }
        return new ApplyPlan(List.copyOf(parts), atEnd);
    }

    private static Map<Integer, List<KubeObject>> stages(RenderedStep step) {
        Map<Integer, List<KubeObject>> stages = new TreeMap<>();
        step.objects().stream()
                .sorted(Comparator.comparing(KubeObject::id, ApplyOrder.APPLY))
                .forEach(object -> stages.computeIfAbsent(ApplyOrder.stage(object.id()), unused -> new ArrayList<>())
                        .add(object));
        return stages;
    }

    private static Wait ofStage(RenderedStep step, int stage, List<KubeObject> objects) {
        return stage > ApplyOrder.LAST_AWAITED_STAGE
                ? Wait.NONE
                : new Wait((label(step) + " stage " + stage).strip(), objects, STAGE_TIMEOUT);
    }

    private static String label(RenderedStep step) {
        return step.name().isEmpty() ? "" : "step " + step.name();
    }

    /** In the order of applying. */
    List<KubeObject> objects() {
        return parts.stream().flatMap(part -> part.objects().stream()).toList();
    }
}

package dev.tidemark.renderer.domain.render;

import dev.tidemark.gotemplates.TemplateEngine;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Renders the elements and the template of one step with all input sets (flux-gitless 2.4). */
final class StepRendering {

    private static final String RECONCILE = "fluxcd.controlplane.io/reconcile";

    private final TemplateEngine engine;
    private final YamlDocuments yaml;

    StepRendering(TemplateEngine engine, YamlDocuments yaml) {
        this.engine = engine;
        this.yaml = yaml;
    }

    /** @param sets empty for a ResourceSet without inputs, which is rendered once */
    List<KubeObject> render(
            String prefix,
            @Nullable List<Map<String, Object>> resources,
            @Nullable String template,
            List<Map<String, @Nullable Object>> sets,
            RenderBudget budget) {
        Collected collected = new Collected();
        List<Map<String, @Nullable Object>> rounds =
                sets.isEmpty() ? List.of(Map.<String, @Nullable Object>of()) : sets;
        int index = 0;
        for (Map<String, Object> element : Objects.requireNonNullElse(resources, List.<Map<String, Object>>of())) {
            var parsed = ElementTemplate.object(prefix + "resources[" + index++ + "]", element, engine, yaml);
            for (Map<String, @Nullable Object> set : rounds) {
                parsed.render(set, budget).forEach(sets.isEmpty() ? collected::keep : collected::add);
            }
        }
        if (template != null && !template.isEmpty()) {
            var parsed = ElementTemplate.documents(prefix + "resourcesTemplate", template, engine, yaml);
            for (Map<String, @Nullable Object> set : rounds) {
                parsed.render(set, budget).forEach(collected::add);
            }
        }
        return collected.objects;
    }

    private static final class Collected {
        private final Set<ObjectId> seen = new HashSet<>();
        private final List<KubeObject> objects = new ArrayList<>();

        /** Elements without inputs are neither compared nor excluded, as upstream has it. */
        void keep(KubeObject object) {
            seen.add(object.id());
            objects.add(object);
        }

        void add(KubeObject object) {
            if (!object.annotation(RECONCILE).equals("disabled") && seen.add(object.id())) {
                objects.add(object);
            }
        }
    }
}

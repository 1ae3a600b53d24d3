package dev.tidemark.renderer.domain.render;

import dev.tidemark.gotemplates.Template;
import dev.tidemark.gotemplates.TemplateEngine;
import dev.tidemark.gotemplates.error.TemplateException;
import dev.tidemark.gotemplates.yaml.GoYaml;
import dev.tidemark.renderer.domain.Json;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.yaml.InvalidYamlException;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One text template of a ResourceSet, parsed once and executed for each input set (flux-gitless 2.4).
 *
 * <p>An element of {@code resources} is its own YAML text as a template: quotes that the author typed around an action
 * are gone by then, so a value is typed again by how it looks.
 */
final class ElementTemplate {

    /** Kustomize's own configuration, which is no object of a cluster. */
    private static final String KUSTOMIZE_GROUP = "kustomize.config.k8s.io";

    private final String where;
    private final Template template;
    private final YamlDocuments yaml;
    private final boolean multi;

    private ElementTemplate(String where, String text, TemplateEngine engine, YamlDocuments yaml, boolean multi) {
        this.where = where;
        this.yaml = yaml;
        this.multi = multi;
        try {
            this.template = engine.parse(where, text);
        } catch (TemplateException e) {
            throw new BuildRefusal("failed to parse " + where + ": " + e.getMessage());
        }
    }

    /** An element of {@code resources}: renders exactly one object. */
    static ElementTemplate object(String where, Map<String, ?> element, TemplateEngine engine, YamlDocuments yaml) {
        return new ElementTemplate(where, GoYaml.write(element), engine, yaml, false);
    }

    /** {@code resourcesTemplate}: renders any number of documents. */
    static ElementTemplate documents(String where, String text, TemplateEngine engine, YamlDocuments yaml) {
        return new ElementTemplate(where, text, engine, yaml, true);
    }

    List<KubeObject> render(Map<String, @Nullable Object> inputs, RenderBudget budget) {
        String text;
        try {
            text = template.bind("inputs", inputs).render(null, budget.steps());
        } catch (TemplateException e) {
            throw new BuildRefusal("failed to render " + where + ": " + e.getMessage());
        }
        budget.text(text.length());
        try {
            return multi ? documents(text, budget) : List.of(object(text, budget));
        } catch (InvalidYamlException e) {
            throw new BuildRefusal("failed to render " + where + ": error converting YAML to JSON: " + e.getMessage());
        }
    }

    private KubeObject object(String text, RenderBudget budget) {
        budget.object();
        if (yaml.first(text) instanceof Map<?, ?> map && map.get("kind") instanceof String kind && !kind.isEmpty()) {
            return new KubeObject(Json.object(map));
        }
        throw new BuildRefusal("failed to render " + where + ": Object 'Kind' is missing in the rendered text: "
                + "it must be one object with apiVersion and kind");
    }

    private List<KubeObject> documents(String text, RenderBudget budget) {
        List<KubeObject> objects = new ArrayList<>();
        for (String document : DocumentSplitter.split(text)) {
            collect(yaml.first(document), objects, budget);
        }
        return objects;
    }

    private static void collect(@Nullable Object document, List<KubeObject> objects, RenderBudget budget) {
        if (!(document instanceof Map<?, ?> map)) {
            return;
        }
        if (map.get("items") instanceof List<?> items
                && map.get("kind") instanceof String kind
                && kind.endsWith("List")) {
            items.forEach(item -> collect(item, objects, budget));
            return;
        }
        budget.object();
        KubeObject object = new KubeObject(Json.object(map));
        boolean complete = !object.kind().isEmpty()
                && !object.apiVersion().isEmpty()
                && !object.name().isEmpty();
        if (complete && !object.group().equals(KUSTOMIZE_GROUP)) {
            objects.add(object);
        }
    }
}

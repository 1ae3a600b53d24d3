package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.source.Problem.Severity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What lies in GitOps repositories beside manifests, and what to do so that it becomes one. */
final class ForeignDocuments {

    private static final String KUSTOMIZE = "kustomize.config.k8s.io/";
    private static final Pattern KUSTOMIZATION_FILE = Pattern.compile("(?:.*[/\\\\])?kustomization\\.ya?ml");
    private static final Pattern VALUES_FILE = Pattern.compile("(?:.*[/\\\\])?[\\w.-]*values[\\w.-]*\\.(?:ya?ml|json)");
    private static final Pattern CHART_FILE = Pattern.compile("(?:.*[/\\\\])?Chart\\.yaml");

    /** What Flux's Kustomization fills in: {@code ${NAME}}, {@code ${NAME:=default}}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]{0,99}[}:]");

    /** Helm's and other template languages' actions. */
    private static final Pattern ACTION = Pattern.compile("\\{\\{");

    private ForeignDocuments() {}

    /** @param severity an error where somebody may take it for a manifest */
    record Foreign(Severity severity, String why) {}

    /** Null for what may be a manifest. */
    static @Nullable Foreign recognise(String file, JsonNode document) {
        String apiVersion = document.path("apiVersion").asText();
        if (apiVersion.startsWith(KUSTOMIZE) || KUSTOMIZATION_FILE.matcher(file).matches()) {
            return ignored("a kustomize base: build it first (kubectl kustomize), and give what comes out");
        }
        if (CHART_FILE.matcher(file).matches()) {
            return ignored("a Helm chart: render it first (helm template), and give what comes out");
        }
        if (document.isValueNode()) {
            return new Foreign(Severity.ERROR, "not a Kubernetes object: it needs apiVersion and kind");
        }
        if (document.isArray()) {
            return ignored("a list and not a Kubernetes object: nothing to declare");
        }
        boolean named = document.has("apiVersion") || document.has("kind") || document.has("metadata");
        if (document.has("sops") && !(document.has("apiVersion") && document.has("kind"))) {
            return ignored("encrypted with SOPS, and not a Kubernetes object: nothing to declare");
        }
        if (named) {
            return null;
        }
        return VALUES_FILE.matcher(file).matches()
                ? ignored("a values file of Helm: nothing to declare")
                : ignored("not a Kubernetes object (no apiVersion and kind): nothing to declare");
    }

    /** What to do about a text that something else fills in first; null where it is none. */
    static @Nullable String placeholder(String text) {
        Matcher variable = PLACEHOLDER.matcher(text);
        if (variable.find()) {
            String name = variable.group().substring(2, variable.group().length() - 1);
            return "${" + name + "} is a variable that Flux's Kustomization fills in: fill it in first (flux envsubst)";
        }
        return ACTION.matcher(text).find() && text.strip().startsWith("{{")
                ? "a template: render it first (helm template)"
                : null;
    }

    private static Foreign ignored(String why) {
        return new Foreign(Severity.IGNORED, why);
    }
}

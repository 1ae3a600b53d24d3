package dev.tidemark.watcher.hook;

import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.watcher.domain.ResourceFilter;
import dev.tidemark.watcher.domain.ResourceFilter.Language;
import dev.tidemark.watcher.domain.ResourceFilter.Verdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a Receiver: one on every resource, one on each listed (flux-git-based 18.4). Both must be true.
 *
 * @param byExpression compiled
 * @param problem why an expression is none, or empty
 */
record Filters(Map<String, ResourceFilter> byExpression, String problem) {

    static Filters of(ReceiverSpec spec, Language language) {
        Map<String, ResourceFilter> compiled = new HashMap<>();
        String problem = add(compiled, "resourceFilter", spec.resourceFilter(), language);
        for (int i = 0; i < spec.resources().size() && problem.isEmpty(); i++) {
            problem = add(
                    compiled,
                    "resources[" + i + "].filter",
                    spec.resources().get(i).filter(),
                    language);
        }
        return new Filters(Map.copyOf(compiled), problem);
    }

    private static String add(
            Map<String, ResourceFilter> compiled, String field, @Nullable String expression, Language language) {
        if (expression == null || expression.isEmpty() || compiled.containsKey(expression)) {
            return "";
        }
        return switch (language.compile(expression)) {
            case Language.Outcome.Compiled(ResourceFilter filter) -> {
                compiled.put(expression, filter);
                yield "";
            }
            case Language.Outcome.Invalid(String why) -> "spec." + field + ": " + why;
        };
    }

    /** Whether there is a condition at all: without one nobody reads the body. */
    boolean any() {
        return !byExpression.isEmpty();
    }

    /** The verdict on one resource: the first of its conditions that is not true decides. */
    Verdict test(
            ReceiverSpec spec,
            ReceiverSpec.Listed listed,
            Map<String, @Nullable Object> request,
            Resource<?> resource) {
        for (String expression : expressions(spec.resourceFilter(), listed.filter())) {
            ResourceFilter filter = byExpression.get(expression);
            Verdict verdict = filter == null ? new Verdict.Wanted() : filter.test(request, visible(resource));
            if (!(verdict instanceof Verdict.Wanted)) {
                return verdict;
            }
        }
        return new Verdict.Wanted();
    }

    private static List<String> expressions(@Nullable String first, @Nullable String second) {
        return List.of(first == null ? "" : first, second == null ? "" : second);
    }

    /** Metadata only; what is empty is absent, as in a cluster's objects. */
    private static Map<String, ?> visible(Resource<?> resource) {
        Metadata metadata = resource.metadata();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", metadata.name());
        members.put("namespace", metadata.namespace());
        members.put("uid", metadata.uid());
        members.put("generation", metadata.generation());
        members.put("resourceVersion", metadata.resourceVersion());
        if (!metadata.labels().isEmpty()) {
            members.put("labels", metadata.labels());
        }
        if (!metadata.annotations().isEmpty()) {
            members.put("annotations", metadata.annotations());
        }
        return Map.of(
                "apiVersion", resource.kind().apiVersion(),
                "kind", resource.kind().name(),
                "metadata", members);
    }
}

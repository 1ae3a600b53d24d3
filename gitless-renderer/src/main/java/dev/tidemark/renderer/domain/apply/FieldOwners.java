package dev.tidemark.renderer.domain.apply;

import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.renderer.domain.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which fields of an object in a cluster. Whoever changes a field that is ours takes it from us: so our own entry
 * tells whether anything of ours was touched, whatever else has happened to the object, its status above all.
 */
public final class FieldOwners {

    /** Flux Operator's: an installation that goes over from it, or back to it, changes nothing (flux-gitless 2.8, 6.6). */
    public static final String OURS = "flux-operator";

    private static final String MANAGER = "manager";
    private static final String OPERATION = "operation";
    private static final String FIELDS = "fieldsV1";
    private static final String APPLY = "Apply";
    private static final String UPDATE = "Update";

    private FieldOwners() {}

    /** Another text when the object is another, or a field that we applied was changed by somebody. */
    static String fingerprint(KubeObject live) {
        Object ours = live.managedFields().stream()
                .filter(FieldOwners::isOurs)
                .findFirst()
                .map(entry -> Objects.requireNonNullElse(entry.get(FIELDS), ""))
                .orElse("");
        return live.uid() + ' ' + JsonWriter.compact(ours);
    }

    /**
     * The entries with those of people's tools made ours: so a field goes that they once set and nobody renders (flux-gitless
     * 2.8). Empty where there are none.
     */
    public static Optional<List<Map<String, @Nullable Object>>> takenOver(KubeObject live) {
        List<Map<String, @Nullable Object>> entries = live.managedFields();
        if (entries.stream().noneMatch(FieldOwners::isTakenOver)) {
            return Optional.empty();
        }
        List<Map<String, @Nullable Object>> kept = new ArrayList<>();
        Map<String, @Nullable Object> ours = new HashMap<>();
        for (Map<String, @Nullable Object> entry : entries) {
            if (isOurs(entry) || isTakenOver(entry)) {
                Object fields = union(ours.get(FIELDS), entry.get(FIELDS));
                ours.putAll(entry);
                ours.put(FIELDS, fields);
            } else {
                kept.add(entry);
            }
        }
        ours.put(MANAGER, OURS);
        ours.put(OPERATION, APPLY);
        kept.addFirst(ours);
        return Optional.of(kept);
    }

    private static boolean isOurs(Map<String, @Nullable Object> entry) {
        return isOfSpec(entry) && OURS.equals(entry.get(MANAGER)) && APPLY.equals(entry.get(OPERATION));
    }

    private static boolean isTakenOver(Map<String, @Nullable Object> entry) {
        if (!isOfSpec(entry) || !(entry.get(MANAGER) instanceof String manager)) {
            return false;
        }
        return manager.startsWith("kubectl")
                || (UPDATE.equals(entry.get(OPERATION))
                        && (manager.equals("helm") || manager.startsWith("before-first-apply")))
                || (APPLY.equals(entry.get(OPERATION)) && manager.equals("kustomize-controller"));
    }

    /** What is set by way of a subresource, such as a scale, was not applied. */
    private static boolean isOfSpec(Map<String, @Nullable Object> entry) {
        return entry.get("subresource") == null || "".equals(entry.get("subresource"));
    }

    private static @Nullable Object union(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
            Map<String, @Nullable Object> both = new TreeMap<>();
            left.forEach((key, value) -> both.put(String.valueOf(key), value));
            right.forEach((key, value) ->
                    both.merge(String.valueOf(key), Objects.requireNonNullElse(value, Map.of()), FieldOwners::union));
            return both;
        }
        return one == null ? other : one;
    }
}

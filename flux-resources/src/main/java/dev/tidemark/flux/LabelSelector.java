package dev.tidemark.flux;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kubernetes' label selector; one without members selects everything. */
public record LabelSelector(
        @Nullable Map<String, String> matchLabels, @Nullable List<Requirement> matchExpressions) {

    /** @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist} */
    public record Requirement(
            String key, String operator, @Nullable List<String> values) {

        boolean matches(Map<String, String> labels) {
            List<String> allowed = values == null ? List.of() : values;
            String value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && allowed.contains(value);
                case "NotIn" -> value == null || !allowed.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                default ->
                    throw new IllegalArgumentException("\"" + operator + "\" is not a valid label selector operator");
            };
        }
    }

    /** @throws IllegalArgumentException for an operator that Kubernetes does not know */
    public boolean matches(Map<String, String> labels) {
        boolean equal = matchLabels == null
                || matchLabels.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
        return equal && (matchExpressions == null || matchExpressions.stream().allMatch(r -> r.matches(labels)));
    }
}

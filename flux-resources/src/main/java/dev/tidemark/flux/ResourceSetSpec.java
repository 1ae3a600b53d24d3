package dev.tidemark.flux;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ResourceSet {@code spec} (flux-gitless 2.1). Free-form members hold JSON values: Long, Double, String, List, Map. */
public record ResourceSetSpec(
        @Nullable List<Map<String, Object>> inputs,
        @Nullable List<InputsFrom> inputsFrom,
        @Nullable InputStrategy inputStrategy,
        @Nullable List<Map<String, Object>> resources,
        @Nullable String resourcesTemplate,
        @Nullable List<Step> steps,
        @Nullable CommonMetadata commonMetadata,
        @Nullable List<DependsOn> dependsOn,
        @Nullable String serviceAccountName,
        @JsonProperty("wait") boolean waits) {

    /** Exactly one of name and selector. */
    public record InputsFrom(
            @Nullable String apiVersion,
            @Nullable String kind,
            @Nullable String name,
            @Nullable LabelSelector selector) {}

    public record InputStrategy(String name, boolean includeEmptyProviders) {}

    public record Step(
            String name,
            @Nullable List<Map<String, Object>> resources,
            @Nullable String resourcesTemplate,
            @Nullable Duration timeout) {}

    public record CommonMetadata(
            @Nullable Map<String, String> labels, @Nullable Map<String, String> annotations) {}

    public record DependsOn(
            String apiVersion,
            String kind,
            String name,
            @Nullable String namespace,
            boolean ready,
            @Nullable String readyExpr) {}
}

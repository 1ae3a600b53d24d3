package dev.tidemark.flux;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receiver {@code spec} (flux-git-based 18.1). */
public record ReceiverSpec(
        String type,
        @Nullable Duration interval,
        @Nullable List<String> events,
        List<Listed> resources,
        @Nullable String resourceFilter,
        @Nullable LocalRef secretRef,
        boolean suspend) {

    /** A resource to poke; {@code name: "*"} goes with labels. */
    public record Listed(
            @Nullable String apiVersion,
            String kind,
            String name,
            @Nullable String namespace,
            @Nullable Map<String, String> matchLabels,
            @Nullable String filter) {}
}

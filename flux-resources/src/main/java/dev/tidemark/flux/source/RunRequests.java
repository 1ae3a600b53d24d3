package dev.tidemark.flux.source;

import dev.tidemark.flux.ResourceId;
import java.util.Map;

/** How one service asks a resource of another to run, as {@code kubectl annotate} does it. */
@FunctionalInterface
public interface RunRequests {

    /**
     * Lays annotations over a resource; returns when they are stored.
     *
     * @throws java.io.UncheckedIOException when they cannot be
     */
    void annotate(ResourceId id, Map<String, String> annotations);
}

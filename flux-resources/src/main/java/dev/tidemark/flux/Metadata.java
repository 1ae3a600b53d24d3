package dev.tidemark.flux;

import java.util.Map;

/**
 * What Kubernetes calls {@code metadata}.
 *
 * @param generation grows with every change of the spec; in folder mode a checksum of the spec stands in
 * @param resourceVersion changes with every change at all; opaque
 */
public record Metadata(
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        String uid,
        long generation,
        String resourceVersion) {}

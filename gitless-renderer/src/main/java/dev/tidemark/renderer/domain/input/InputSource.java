package dev.tidemark.renderer.domain.input;

import dev.tidemark.renderer.domain.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One source of input sets: the ResourceSet itself, for what it holds inline, or a provider.
 *
 * @param sets in the source's order
 */
public record InputSource(
        String apiVersion, String kind, String namespace, String name, List<Map<String, @Nullable Object>> sets) {

    public static final String API_VERSION = "fluxcd.controlplane.io/v1";

    public InputSource {
        sets = List.copyOf(sets);
    }

    /** A ResourceSetInputProvider and what it exports. */
    public static InputSource provider(String namespace, String name, List<? extends Map<String, ?>> sets) {
        return new InputSource(API_VERSION, "ResourceSetInputProvider", namespace, name, copies(sets));
    }

    /** The inline inputs of a ResourceSet. */
    public static InputSource inline(String namespace, String name, List<? extends Map<String, ?>> sets) {
        return new InputSource(API_VERSION, "ResourceSet", namespace, name, copies(sets));
    }

    private static List<Map<String, @Nullable Object>> copies(List<? extends Map<String, ?>> sets) {
        return sets.stream().map(set -> Json.object(set)).toList();
    }

    /** What a template reads as {@code inputs.provider}. */
    Map<String, @Nullable Object> reference() {
        return Json.object(Map.of("apiVersion", apiVersion, "kind", kind, "name", name, "namespace", namespace));
    }
}

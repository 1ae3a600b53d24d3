package dev.tidemark.renderer.cluster;

import dev.tidemark.renderer.domain.KubeObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What CustomResourceDefinitions define. */
final class Definitions {

    private Definitions() {}

    /** A kind that is served. */
    record Served(String kind, String plural, boolean namespaced) {}

    /** By API version; nothing of an object that defines nothing. */
    static Map<String, Served> served(KubeObject object) {
        if (!object.kind().equals("CustomResourceDefinition")
                || !(object.json().get("spec") instanceof Map<?, ?> spec)
                || !(spec.get("names") instanceof Map<?, ?> names)
                || !(spec.get("versions") instanceof List<?> versions)
                || !(names.get("kind") instanceof String kind)
                || !(names.get("plural") instanceof String plural)) {
            return Map.of();
        }
        var served = new Served(kind, plural, "Namespaced".equals(spec.get("scope")));
        Map<String, Served> all = new HashMap<>();
        for (Object version : versions) {
            if (version instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("served"))) {
                all.put(spec.get("group") + "/" + map.get("name"), served);
            }
        }
        return all;
    }
}

package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What keeps a deleted object until somebody lets it go. */
final class Finalizers {

    /** Ours: it keeps an object until what came of it is removed. */
    static final String OURS = "finalizers.tidemark.dev/objects";

    private Finalizers() {}

    static List<String> with(Collection<String> finalizers) {
        List<String> more = new ArrayList<>(finalizers);
        more.add(OURS);
        return more;
    }

    static List<String> without(Collection<String> finalizers) {
        return finalizers.stream().filter(one -> !one.equals(OURS)).toList();
    }

    /**
     * Replaces an object's finalizers, if it is still the one that was looked at.
     *
     * @param resourceVersion as which it was
     */
    static Answer replace(
            ClusterApi api, Served served, ResourceId id, List<String> finalizers, String resourceVersion) {
        ObjectNode patch = FluxJson.json().createObjectNode();
        patch.putObject("metadata")
                .put("resourceVersion", resourceVersion)
                .set("finalizers", FluxJson.json().valueToTree(finalizers));
        return api.send("PATCH", served.object(id) + ClusterEdits.FIELD_OWNER, ClusterApi.MERGE, patch);
    }
}

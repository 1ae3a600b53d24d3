package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.Shadow;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an object of the cluster. Its status is kept as text, which takes a fraction of a tree's memory.
 *
 * @param resource what is in force of it; of one that is refused what it said before, null where that is not known
 * @param refusal why what it says is not in force; null where it is
 * @param deleting whether its deletion was asked for
 * @param shadow whether another controller works on it, so that nothing is written ({@link Shadow})
 * @param status as JSON, empty where there is none
 */
record Live(
        ResourceId id,
        String uid,
        String resourceVersion,
        long generation,
        @Nullable Resource<?> resource,
        @Nullable String refusal,
        boolean deleting,
        List<String> finalizers,
        boolean shadow,
        String status) {

    /**
     * @param object one of that kind; the API server leaves out what the items of a list have in common
     * @param before what was kept of it, null for one that is new
     */
    static Live of(Served served, JsonNode object, @Nullable Live before) {
        ObjectNode whole = (ObjectNode) object;
        whole.put("apiVersion", served.apiVersion()).put("kind", served.kind().name());
        ObjectNode metadata = whole.withObject("metadata");
        if (!metadata.has("generation")) {
            // else the reader takes a checksum, in which each write of anything shows
            metadata.put("generation", 0);
        }
        ResourceId id = id(served.kind(), metadata);
        String uid = metadata.path("uid").asText("");
        Resource<?> resource = before != null && before.uid.equals(uid) ? before.resource : null;
        String refusal = null;
        switch (ResourceReader.read(whole)) {
            case ResourceReader.Outcome.Read read -> resource = read.resource();
            case ResourceReader.Outcome.Invalid invalid -> refusal = invalid.message();
            case ResourceReader.Outcome.UnknownKind other -> refusal = other + " is not served";
        }
        JsonNode status = whole.path("status");
        return new Live(
                id,
                uid,
                metadata.path("resourceVersion").asText(""),
                metadata.path("generation").asLong(),
                resource,
                refusal,
                metadata.hasNonNull("deletionTimestamp"),
                StreamSupport.stream(metadata.path("finalizers").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                metadata.path("annotations").hasNonNull(Shadow.ANNOTATION),
                status.isObject() ? status.toString() : "");
    }

    /** The same, left to another controller. */
    Live inShadowOf(String manager) {
        return new Live(
                id,
                uid,
                resourceVersion,
                generation,
                resource == null ? null : inShadowOf(resource, manager),
                refusal,
                deleting,
                finalizers,
                true,
                status);
    }

    private static <S> Resource<S> inShadowOf(Resource<S> resource, String manager) {
        return new Resource<>(
                resource.kind(), resource.metadata().annotated(Shadow.ANNOTATION, manager), resource.spec());
    }

    static ResourceId id(Kind<?> kind, JsonNode metadata) {
        return new ResourceId(
                kind.name(),
                kind.equals(Kinds.NAMESPACE) ? "" : metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
    }

    /** Missing where there is none. */
    JsonNode statusTree() {
        return ClusterApi.parsed(status);
    }

    /** Whether it is the same object at a later time, as far as the resource versions tell. */
    boolean isNewerThan(Live other) {
        int longer = Integer.compare(resourceVersion.length(), other.resourceVersion.length());
        return uid.equals(other.uid)
                && (longer > 0 || (longer == 0 && resourceVersion.compareTo(other.resourceVersion) > 0));
    }

    /** A text of a tree and a tree of records are compared alike. */
    static JsonNode normal(Object value) {
        return ClusterApi.parsed(FluxJson.json().valueToTree(value).toString());
    }
}

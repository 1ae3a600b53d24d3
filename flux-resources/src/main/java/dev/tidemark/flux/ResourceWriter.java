package dev.tidemark.flux;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Turns a resource into the object that {@link ResourceReader} reads it from. Of a Secret nothing but its type is written. */
public final class ResourceWriter {

    private static final List<String> GIVEN =
            List.of("creationTimestamp", "uid", "generation", "resourceVersion", "managedFields");

    private ResourceWriter() {}

    public static ObjectNode write(Resource<?> resource) {
        ObjectNode object = FluxJson.json().createObjectNode();
        object.put("apiVersion", resource.kind().apiVersion());
        object.put("kind", resource.kind().name());
        object.set("metadata", metadata(resource));
        JsonNode content = content(resource);
        if (resource.kind().contentField().isEmpty()) {
            content.properties().forEach(member -> object.set(member.getKey(), member.getValue()));
        } else {
            object.set(resource.kind().contentField(), content);
        }
        return object;
    }

    /**
     * The object as somebody declared it, as JSON, in the preferred version and without what the keeper of objects gives it;
     * empty for a Secret, whose entries are nowhere but in its manifest.
     */
    public static String declared(JsonNode object, Resource<?> resource) {
        if (!(object instanceof ObjectNode members) || resource.spec() instanceof SecretContent) {
            return "";
        }
        ObjectNode declared = members.deepCopy();
        declared.remove("status");
        declared.put("apiVersion", resource.kind().apiVersion());
        ObjectNode metadata = declared.withObject("metadata");
        metadata.remove(GIVEN);
        if (!resource.namespace().isEmpty()) {
            metadata.put("namespace", resource.namespace());
        }
        return declared.toString();
    }

    /**
     * A resource as it was declared, with what its keeper gave it.
     *
     * @param declared from {@link #declared}; where it is empty, what is read of the resource is written
     */
    public static ObjectNode write(Resource<?> resource, String declared) {
        ObjectNode read = write(resource);
        if (declared.isEmpty()) {
            return read;
        }
        try {
            ObjectNode object = (ObjectNode) FluxJson.json().readTree(declared);
            GIVEN.forEach(name -> {
                JsonNode given = read.path("metadata").path(name);
                if (!given.isMissingNode()) {
                    object.withObject("metadata").set(name, given);
                }
            });
            return object;
        } catch (JsonProcessingException | ClassCastException noObject) {
            return read;
        }
    }

    private static JsonNode content(Resource<?> resource) {
        return FluxJson.json()
                .valueToTree(
                        resource.spec() instanceof SecretContent secret ? secret.withoutEntries() : resource.spec());
    }

    private static ObjectNode metadata(Resource<?> resource) {
        Metadata metadata = resource.metadata();
        ObjectNode node = FluxJson.json().createObjectNode();
        node.put("name", metadata.name());
        if (!metadata.namespace().isEmpty()) {
            node.put("namespace", metadata.namespace());
        }
        if (metadata.created() != null) {
            node.put("creationTimestamp", metadata.created().toString());
        }
        if (metadata.deleted() != null) {
            node.put("deletionTimestamp", metadata.deleted().toString());
        }
        set(node, "labels", metadata.labels());
        set(node, "annotations", metadata.annotations());
        node.put("uid", metadata.uid());
        if (!(resource.spec() instanceof SecretContent)) {
            // in folder mode both are checksums of what it holds
            node.put("generation", metadata.generation());
            node.put("resourceVersion", metadata.resourceVersion());
        }
        if (!metadata.finalizers().isEmpty()) {
            node.set("finalizers", FluxJson.json().valueToTree(metadata.finalizers()));
        }
        if (!metadata.owners().isEmpty()) {
            node.set("ownerReferences", FluxJson.json().valueToTree(metadata.owners()));
        }
        return node;
    }

    private static void set(ObjectNode node, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            node.set(name, FluxJson.json().valueToTree(texts));
        }
    }
}

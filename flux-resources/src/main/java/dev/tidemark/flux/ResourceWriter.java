package dev.tidemark.flux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Turns a resource into the object that {@link ResourceReader} reads it from. Of a Secret nothing but its type is written. */
public final class ResourceWriter {

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

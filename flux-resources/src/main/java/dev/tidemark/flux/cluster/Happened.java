package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.alert.FluxEvent;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusWriters;
import java.time.Instant;
import java.util.Map;

/** Something that happened to an object, before it is an Event of the cluster. */
record Happened(
        Resource<?> resource,
        EventRecorder.Type type,
        String reason,
        String message,
        Map<String, String> metadata,
        Instant at) {

    /** What makes two of them the same thing that happened twice. */
    record Key(ResourceId object, String uid, EventRecorder.Type type, String reason, String message) {}

    /** An Event as it was made, and how often it happened since. */
    record Made(String name, int count, Instant first) {}

    Key key() {
        return new Key(resource.id(), resource.metadata().uid(), type, reason, message);
    }

    String namespace() {
        return resource.namespace().isEmpty() ? "default" : resource.namespace();
    }

    /** {@code tidemark-registry-watcher}. */
    String controller() {
        return StatusWriters.fieldOwner(resource.kind().name());
    }

    ObjectNode involved() {
        return FluxJson.json()
                .createObjectNode()
                .put("apiVersion", resource.kind().apiVersion())
                .put("kind", resource.kind().name())
                .put("namespace", resource.namespace())
                .put("name", resource.name())
                .put("uid", resource.metadata().uid())
                .put("resourceVersion", resource.metadata().resourceVersion());
    }

    /** As core/v1 has it. */
    ObjectNode event(Made made, String instance) {
        ObjectNode event = FluxJson.json().createObjectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata").put("name", made.name()).put("namespace", namespace());
        event.set("involvedObject", involved());
        event.put("type", type == EventRecorder.Type.WARNING ? "Warning" : "Normal")
                .put("reason", reason)
                .put("message", message)
                .put("firstTimestamp", made.first().toString())
                .put("lastTimestamp", at.toString())
                .put("count", made.count())
                .put("reportingComponent", controller())
                .put("reportingInstance", instance);
        event.putObject("source").put("component", controller()).put("host", instance);
        return event;
    }

    /** As Flux's notification-controller takes it (flux-git-based 3.4). */
    ObjectNode notification(String instance) {
        return FluxEvent.of(resource, type, reason, message, metadata, at, instance)
                .json();
    }
}

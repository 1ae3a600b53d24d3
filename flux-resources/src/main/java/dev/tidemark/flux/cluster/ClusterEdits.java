package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.ObjectEdits;
import dev.tidemark.flux.view.Suspension;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What people and services change of objects, by merge patch as {@code kubectl annotate} does it. */
public final class ClusterEdits implements ObjectEdits {

    static final String FIELD_OWNER = "?fieldManager=tidemark";

    private final ClusterApi api;
    private final ClusterSource source;

    ClusterEdits(ClusterApi api, ClusterSource source) {
        this.api = api;
        this.source = source;
    }

    @Override
    public void annotate(ResourceId id, Map<String, String> annotations) {
        ObjectNode patch = FluxJson.json().createObjectNode();
        patch.withObject("metadata").set("annotations", FluxJson.json().valueToTree(annotations));
        send(id, patch);
    }

    @Override
    public void withdraw(ResourceId id, String annotation) {
        ObjectNode patch = FluxJson.json().createObjectNode();
        patch.withObject("metadata").withObject("annotations").putNull(annotation);
        send(id, patch);
    }

    @Override
    public void suspend(ResourceId id, boolean suspended) {
        Map<String, String> annotations = Suspension.annotations(id.kind(), suspended);
        if (!annotations.isEmpty()) {
            annotate(id, annotations);
            return;
        }
        ObjectNode patch = FluxJson.json().createObjectNode();
        patch.withObject("spec").put("suspend", suspended);
        send(id, patch);
    }

    /** Takes our finalizer off an object, if it is still the one that was looked at. */
    void release(ResourceId id, List<String> finalizers, String resourceVersion) {
        check(id, Finalizers.replace(api, source.served(id), id, Finalizers.without(finalizers), resourceVersion));
    }

    /** An API server says what is deleted, so nothing ever waits to be confirmed. */
    @Override
    public void confirm(String code) {
        throw failure("nothing waits for a confirmation in a cluster: what is deleted there is gone");
    }

    private void send(ResourceId id, ObjectNode patch) {
        check(id, api.send("PATCH", source.served(id).object(id) + FIELD_OWNER, ClusterApi.MERGE, patch));
    }

    private void check(ResourceId id, Answer answer) {
        if (!answer.isSuccess()) {
            String remedy = answer.code() == Answer.FORBIDDEN ? ": grant patch to the account" : "";
            throw failure(id + " cannot be changed" + remedy + " (" + answer.message() + ')');
        }
        source.answered(id, answer.body());
    }

    private static UncheckedIOException failure(String message) {
        return ClusterApi.failure(message, null);
    }
}

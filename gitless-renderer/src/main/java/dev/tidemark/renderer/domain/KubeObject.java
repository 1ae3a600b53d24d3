package dev.tidemark.renderer.domain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Kubernetes object of any kind, as JSON. Immutable. */
public record KubeObject(Map<String, @Nullable Object> json) {

    private static final String METADATA = "metadata";

    public KubeObject {
        json = Json.object(json);
    }

    public String apiVersion() {
        return text(json.get("apiVersion"));
    }

    public String kind() {
        return text(json.get("kind"));
    }

    public String name() {
        return text(metadata().get("name"));
    }

    public String namespace() {
        return text(metadata().get("namespace"));
    }

    /** Empty for the core group. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    public String version() {
        return apiVersion().substring(apiVersion().indexOf('/') + 1);
    }

    public ObjectId id() {
        return new ObjectId(group(), kind(), namespace(), name());
    }

    /** Given by an API server; empty where there is none. */
    public String uid() {
        return text(metadata().get("uid"));
    }

    /** Given by an API server; empty where there is none. */
    public String resourceVersion() {
        return text(metadata().get("resourceVersion"));
    }

    /** Whether its deletion was asked for. */
    public boolean isBeingDeleted() {
        return metadata().get("deletionTimestamp") != null;
    }

    /** Who owns which fields ({@code metadata.managedFields}). */
    public List<Map<String, @Nullable Object>> managedFields() {
        return metadata().get("managedFields") instanceof List<?> list
                ? list.stream()
                        .flatMap(entry -> entry instanceof Map<?, ?> map ? Stream.of(Json.object(map)) : Stream.of())
                        .toList()
                : List.of();
    }

    /** The same object without these members of its metadata, and of its own. */
    public KubeObject without(Set<String> members, Set<String> ofMetadata) {
        Map<String, @Nullable Object> metadata = new TreeMap<>(metadata());
        metadata.keySet().removeAll(ofMetadata);
        Map<String, @Nullable Object> copy = new TreeMap<>(json);
        copy.keySet().removeAll(members);
        copy.put(METADATA, metadata);
        return new KubeObject(copy);
    }

    /** The value of a label, empty where it is absent or not text. */
    public String label(String key) {
        return text(child(metadata(), "labels").get(key));
    }

    /** The value of an annotation, empty where it is absent or not text. */
    public String annotation(String key) {
        return text(child(metadata(), "annotations").get(key));
    }

    /** The same object with these labels and annotations, which replace its own of the same name. */
    public KubeObject with(Map<String, String> labels, Map<String, String> annotations) {
        Map<String, @Nullable Object> metadata = new TreeMap<>(metadata());
        merge(metadata, "labels", labels);
        merge(metadata, "annotations", annotations);
        Map<String, @Nullable Object> copy = new TreeMap<>(json);
        copy.put(METADATA, metadata);
        return new KubeObject(copy);
    }

    /** A member of the object that is an object itself, empty where there is none. */
    public Map<String, @Nullable Object> members(String member) {
        return child(json, member);
    }

    /** A member that is text, empty where there is none. */
    public String text(String member) {
        return text(json.get(member));
    }

    /** The same object with this for a member. */
    public KubeObject with(String member, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new TreeMap<>(json);
        copy.put(member, value);
        return new KubeObject(copy);
    }

    /** The same object with the time of its creation, as an API server sets it. */
    public KubeObject created(String timestamp) {
        Map<String, @Nullable Object> metadata = new TreeMap<>(metadata());
        metadata.put("creationTimestamp", timestamp);
        Map<String, @Nullable Object> copy = new TreeMap<>(json);
        copy.put(METADATA, metadata);
        return new KubeObject(copy);
    }

    private static void merge(Map<String, @Nullable Object> metadata, String member, Map<String, String> more) {
        if (!more.isEmpty()) {
            Map<String, @Nullable Object> merged = new TreeMap<>(child(metadata, member));
            merged.putAll(more);
            metadata.put(member, merged);
        }
    }

    private Map<String, @Nullable Object> metadata() {
        return child(json, METADATA);
    }

    private static Map<String, @Nullable Object> child(Map<String, @Nullable Object> parent, String member) {
        return parent.get(member) instanceof Map<?, ?> map ? Json.object(map) : Map.<String, @Nullable Object>of();
    }

    /** Typing may have made a boolean of a name that was meant as text: {@code y} is true (flux-gitless 2.4). */
    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}

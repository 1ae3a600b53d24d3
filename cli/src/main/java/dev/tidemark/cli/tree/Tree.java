package dev.tidemark.cli.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes object, or any other document, as YAML has it.
 *
 * @param members in the order of the document
 */
public record Tree(Map<String, Object> members) {

    /** Copies a map as a parser gives it; keys that are not texts become texts, members without a value go. */
    public static Tree of(Map<?, ?> map) {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                members.put(String.valueOf(key), value);
            }
        });
        return new Tree(members);
    }

    /** What lies at that path of member names, null where there is nothing. */
    public @Nullable Object find(String... path) {
        Object here = members;
        for (String name : path) {
            if (!(here instanceof Map<?, ?> map)) {
                return null;
            }
            here = map.get(name);
        }
        return here;
    }

    /** The scalar at that path as text, empty where there is none. */
    public String text(String... path) {
        Object value = find(path);
        return value == null ? "" : String.valueOf(value);
    }

    public String kind() {
        return text("kind");
    }

    public String name() {
        return text("metadata", "name");
    }

    /** As the services read manifests: {@code default} where none is given. */
    public String namespace() {
        String namespace = text("metadata", "namespace");
        return namespace.isEmpty() ? "default" : namespace;
    }

    public Map<String, String> labels() {
        return texts("metadata", "labels");
    }

    /** The map of texts at that path, empty where there is none. */
    public Map<String, String> texts(String... path) {
        Map<String, String> texts = new TreeMap<>();
        if (find(path) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    /** A copy with one top-level member replaced, or taken away where the value is null. */
    public Tree with(String member, @Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(members);
        if (value == null) {
            copy.remove(member);
        } else {
            copy.put(member, value);
        }
        return new Tree(copy);
    }
}

package dev.tidemark.flux.view;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.go.strconv.FloatText;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlException;
import dev.tidemark.go.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes object, or any other document, as YAML has it.
 *
 * @param members in the order of the document
 */
public record Tree(Map<String, Object> members) {

    public static final Tree EMPTY = new Tree(Map.of());

    /** Far deeper than any object, far shallower than the stack of what walks the trees. */
    private static final int MAX_DEPTH = 200;

    /**
     * Reads YAML as kubectl does, and JSON as a part of it: the first document, empty where that is no map.
     *
     * @throws IllegalArgumentException where the text is not YAML
     */
    public static Tree parse(String text) {
        try {
            YamlReader.Document document = new YamlReader(text, YamlDialect.KUBERNETES, MAX_DEPTH).next();
            return document != null && document.value() instanceof Map<?, ?> map ? of(map) : EMPTY;
        } catch (YamlException broken) {
            throw new IllegalArgumentException("not valid YAML: " + broken.getMessage(), broken);
        }
    }

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
        return value == null ? "" : shown(value);
    }

    /** A scalar as Go prints it. */
    public static String shown(Object value) {
        return value instanceof Double number ? FloatText.of(number) : String.valueOf(value);
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

    public ResourceId id() {
        return new ResourceId(kind(), namespace(), name());
    }

    public Map<String, String> labels() {
        return texts("metadata", "labels");
    }

    /** The map at that path, empty where there is none. */
    public Tree tree(String... path) {
        return find(path) instanceof Map<?, ?> map ? of(map) : EMPTY;
    }

    /** The maps in the list at that path, empty where there is none. */
    public List<Tree> trees(String... path) {
        return find(path) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(item -> of((Map<?, ?>) item))
                        .toList()
                : List.of();
    }

    /** The scalars in the list at that path as texts, empty where there is none. */
    public List<String> list(String... path) {
        return find(path) instanceof List<?> list
                ? list.stream().map(Tree::shown).toList()
                : List.of();
    }

    /** The map of texts at that path, empty where there is none. */
    public Map<String, String> texts(String... path) {
        Map<String, String> texts = new TreeMap<>();
        if (find(path) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    texts.put(String.valueOf(key), shown(value));
                }
            });
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

    /** A copy with the value at that path of member names, which is made where it is missing. */
    public Tree with(List<String> path, Object value) {
        return new Tree(with(members, path, value));
    }

    private static Map<String, Object> with(Map<?, ?> map, List<String> path, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(of(map).members());
        String first = path.getFirst();
        if (path.size() == 1) {
            copy.put(first, value);
        } else {
            Map<?, ?> inner = copy.get(first) instanceof Map<?, ?> before ? before : Map.of();
            copy.put(first, with(inner, path.subList(1, path.size()), value));
        }
        return copy;
    }
}

package dev.tidemark.flux;

/** Names one resource; cluster-scoped kinds have an empty namespace. */
public record ResourceId(String kind, String namespace, String name) implements Comparable<ResourceId> {

    @Override
    public int compareTo(ResourceId other) {
        return toString().compareTo(other.toString());
    }

    /** {@code Kind/namespace/name}. */
    @Override
    public String toString() {
        return kind + '/' + namespace + '/' + name;
    }
}

package dev.tidemark.flux;

/** Names one resource; cluster-scoped kinds have an empty namespace. */
public record ResourceId(String kind, String namespace, String name) implements Comparable<ResourceId> {

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ResourceId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is not Kind/namespace/name");
        }
        return new ResourceId(parts[0], parts[1], parts[2]);
    }

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

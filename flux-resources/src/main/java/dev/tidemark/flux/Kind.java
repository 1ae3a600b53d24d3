package dev.tidemark.flux;

import java.util.List;

/**
 * A kind of resource that Tidemark serves or reads.
 *
 * @param group empty for the core group
 * @param versions those served, the preferred one first; all have one shape here
 * @param shortNames what people type
 * @param content the record that {@code contentField} is read into
 * @param contentField {@code spec}, or empty where the whole object is the content (Secret)
 */
public record Kind<S>(
        String name,
        String group,
        List<String> versions,
        String plural,
        List<String> shortNames,
        Class<S> content,
        String contentField) {

    /** {@code group/version} of the preferred version. */
    public String apiVersion() {
        return group.isEmpty() ? versions.getFirst() : group + '/' + versions.getFirst();
    }

    /** Whether an object with that {@code apiVersion} is of this kind. */
    public boolean serves(String apiVersion) {
        return versions.stream().anyMatch(v -> apiVersion.equals(group.isEmpty() ? v : group + '/' + v));
    }

    @Override
    public String toString() {
        return name;
    }
}

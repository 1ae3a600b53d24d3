package dev.tidemark.flux;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes calls {@code metadata}. Two are equal also when their {@code resourceVersion} differs: every write of a
 * status changes it, and nothing that is declared.
 *
 * @param uid of this object; one that is deleted and declared again under the same name has another
 * @param generation grows with every change of the spec; in folder mode a checksum of the spec stands in
 * @param resourceVersion changes with every change at all; where it is a number, as an API server's is, it grows
 * @param created when the object was made, null where that is not known
 * @param deleted when its deletion was asked for; it goes when the last of its finalizers has
 * @param finalizers who has something to do before the object goes
 * @param owners with whom it goes
 */
public record Metadata(
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        String uid,
        long generation,
        String resourceVersion,
        @Nullable Instant created,
        @Nullable Instant deleted,
        List<String> finalizers,
        List<Owner> owners) {

    /** An object that this one belongs to ({@code metadata.ownerReferences}). */
    public record Owner(String apiVersion, String kind, String name, String uid) {}

    public Metadata {
        finalizers = List.copyOf(finalizers);
        owners = List.copyOf(owners);
    }

    /** One that belongs to nobody and is not being deleted. */
    public Metadata(
            String namespace,
            String name,
            Map<String, String> labels,
            Map<String, String> annotations,
            String uid,
            long generation,
            String resourceVersion) {
        this(namespace, name, labels, annotations, uid, generation, resourceVersion, null, null, List.of(), List.of());
    }

    /** Whether two uids are of two objects; one that is empty is not known, and so no other. */
    public static boolean areTwo(String uid, String other) {
        return !uid.isEmpty() && !other.isEmpty() && !uid.equals(other);
    }

    /** Whether it is of the same object and of an earlier time, as far as the resource versions tell. */
    public boolean isOlderThan(Metadata other) {
        if (!uid.equals(other.uid) || !isNumber(resourceVersion) || !isNumber(other.resourceVersion)) {
            return false;
        }
        int longer = Integer.compare(resourceVersion.length(), other.resourceVersion.length());
        return longer < 0 || (longer == 0 && resourceVersion.compareTo(other.resourceVersion) < 0);
    }

    private static boolean isNumber(String version) {
        return !version.isEmpty() && version.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The same with another identity: whoever keeps objects gives it to them. */
    public Metadata identified(String newUid, Instant madeAt) {
        return new Metadata(
                namespace,
                name,
                labels,
                annotations,
                newUid,
                generation,
                resourceVersion,
                madeAt,
                deleted,
                finalizers,
                owners);
    }

    /** The same with one more annotation. */
    public Metadata annotated(String key, String value) {
        Map<String, String> all = new TreeMap<>(annotations);
        all.put(key, value);
        return new Metadata(
                namespace, name, labels, all, uid, generation, resourceVersion, created, deleted, finalizers, owners);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Metadata metadata && comparable().equals(metadata.comparable());
    }

    @Override
    public int hashCode() {
        return Objects.hash(namespace, name, uid, generation);
    }

    private List<@Nullable Object> comparable() {
        return Arrays.asList(
                namespace, name, labels, annotations, uid, generation, created, deleted, finalizers, owners);
    }
}

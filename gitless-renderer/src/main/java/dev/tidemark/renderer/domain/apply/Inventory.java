package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a ResourceSet has applied (flux-gitless 2.10).
 *
 * @param versions API version by object, in the order of applying
 */
public record Inventory(Map<ObjectId, String> versions) {

    public static final Inventory EMPTY = new Inventory(Map.of());

    public Inventory {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    public static Inventory of(Collection<KubeObject> objects) {
        Map<ObjectId, String> versions = new LinkedHashMap<>();
        objects.forEach(object -> versions.put(object.id(), object.version()));
        return new Inventory(versions);
    }

    /** Both, the other's versions where they differ. */
    public Inventory union(Inventory other) {
        Map<ObjectId, String> both = new LinkedHashMap<>(versions);
        both.putAll(other.versions);
        return new Inventory(both);
    }

    /** What is here and not there, in the order of deletion. */
    public List<ObjectId> without(Inventory other) {
        List<ObjectId> stale = new ArrayList<>(versions.keySet());
        stale.removeAll(other.versions.keySet());
        stale.sort(ApplyOrder.DELETE);
        return stale;
    }

    /** Whether all of the other's objects are here, in whatever version. */
    public boolean covers(Inventory other) {
        return versions.keySet().containsAll(other.versions.keySet());
    }

    public boolean isEmpty() {
        return versions.isEmpty();
    }
}

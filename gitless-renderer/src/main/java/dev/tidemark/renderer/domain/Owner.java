package dev.tidemark.renderer.domain;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ResourceSet as the owner of objects (flux-gitless 2.5, 2.10). */
public record Owner(String namespace, String name) {

    /** Kubernetes' limit on a label's value. */
    public static final int MAX_LABEL = 63;

    private static final String NAME = "resourceset.fluxcd.controlplane.io/name";
    private static final String NAMESPACE = "resourceset.fluxcd.controlplane.io/namespace";
    private static final String SEED_NAME = "resourceset.fluxcd.io/name";
    private static final String SEED_NAMESPACE = "resourceset.fluxcd.io/namespace";

    /**
     * The labels that mark an object as this one's.
     *
     * @param seed also those that the seed's verify command asks for; they never decide anything (flux-gitless 0.1)
     */
    public Map<String, String> labels(boolean seed) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(NAME, name);
        labels.put(NAMESPACE, namespace);
        if (seed) {
            labels.put(SEED_NAME, name);
            labels.put(SEED_NAMESPACE, namespace);
        }
        return labels;
    }

    /** Whether the object carries both owner labels of this ResourceSet. */
    public boolean owns(KubeObject object) {
        return object.label(NAME).equals(name) && object.label(NAMESPACE).equals(namespace);
    }

    /** The ResourceSet that has put its labels on the object. */
    public static Optional<Owner> of(KubeObject object) {
        Owner owner = new Owner(object.label(NAMESPACE), object.label(NAME));
        return owner.name().isEmpty() || owner.namespace().isEmpty() ? Optional.empty() : Optional.of(owner);
    }

    /** {@code namespace/name}. */
    @Override
    public String toString() {
        return namespace + '/' + name;
    }
}

package dev.tidemark.renderer.domain.apply;

import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import java.util.Optional;

/** Where rendered objects go: files, or a cluster. */
public interface ObjectStore {

    /**
     * Makes the object be as given; does nothing when it is.
     *
     * @throws ObjectStoreException if the place refuses it or cannot be reached
     */
    Change apply(KubeObject object);

    /**
     * The object as it is now.
     *
     * @throws ObjectStoreException if that cannot be told
     */
    Optional<KubeObject> find(ObjectId id);

    /**
     * Deletes the object if it is there.
     *
     * @throws ObjectStoreException if that fails
     */
    void delete(ObjectId id);

    /** What of the ResourceSet this place cannot do and therefore leaves out; empty if nothing. */
    String leftOut(ResourceSetSpec spec);

    /** What {@link #apply} did. */
    enum Change {
        CREATED,
        CONFIGURED,
        UNCHANGED
    }
}

package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import java.util.Optional;

/** One ResourceSet's way to objects. */
public interface ObjectAccess {

    /**
     * Whether objects have a life of their own: others change them, and something makes them healthy. Then they are looked
     * at before they are applied, and can be waited for.
     */
    boolean isLive();

    /**
     * The object as it is now.
     *
     * @throws ObjectStoreException if that cannot be told
     */
    Optional<KubeObject> find(ObjectId id);

    /**
     * Whether the object would be taken; has no effect.
     *
     * @param live as it was found
     * @throws ObjectStoreException if the place refuses it or cannot be reached
     */
    void check(KubeObject object, Optional<KubeObject> live);

    /**
     * Makes the object be as given; does nothing when it is.
     *
     * @param live as it was found; empty also where objects have no life and nobody looked
     * @throws ObjectStoreException if the place refuses it or cannot be reached
     */
    Written apply(KubeObject object, Optional<KubeObject> live);

    /**
     * Deletes the object if it is there.
     *
     * @param live as it was found
     * @throws ObjectStoreException if that fails
     */
    void delete(KubeObject live);

    /**
     * What came of {@link #apply}.
     *
     * @param object as it is now
     */
    record Written(Change change, KubeObject object) {}

    /** What {@link #apply} did. */
    enum Change {
        CREATED,
        CONFIGURED,
        UNCHANGED
    }
}

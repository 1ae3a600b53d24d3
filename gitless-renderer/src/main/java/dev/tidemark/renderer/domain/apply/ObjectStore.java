package dev.tidemark.renderer.domain.apply;

import dev.tidemark.flux.ResourceSetSpec;
import java.util.Optional;

/** Where rendered objects go: files, or a cluster. */
public interface ObjectStore {

    /** The objects as a ResourceSet may see and change them. */
    ObjectAccess on(SetTerms terms);

    /** The objects as the renderer itself sees them; empty where nothing but what it wrote is to be seen. */
    default Optional<ObjectAccess> ownView() {
        return Optional.empty();
    }

    /** What of the ResourceSet this place cannot do and therefore leaves out; empty if nothing. */
    String leftOut(ResourceSetSpec spec);
}

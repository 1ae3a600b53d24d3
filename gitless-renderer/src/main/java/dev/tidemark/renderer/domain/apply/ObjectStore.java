package dev.tidemark.renderer.domain.apply;

import dev.tidemark.flux.ResourceSetSpec;

/** Where rendered objects go: files, or a cluster. */
public interface ObjectStore {

    /** The objects as a ResourceSet may see and change them. */
    ObjectAccess on(SetTerms terms);

    /** What of the ResourceSet this place cannot do and therefore leaves out; empty if nothing. */
    String leftOut(ResourceSetSpec spec);
}

package dev.tidemark.committer.domain;

import dev.tidemark.flux.ImageRef;

/** A policy with the image that it has selected. */
public record Policy(String namespace, String name, ImageRef latest) {

    /** {@code namespace:name}, as markers spell it. */
    public String setter() {
        return namespace + ':' + name;
    }
}

package dev.tidemark.evaluator.domain;

/** Headers of {@code policy-declared} that say what a tombstone cannot. */
public final class DeclaredHeaders {

    /** On a tombstone: the policy was not deleted, it now follows another image. */
    public static final String MOVED = "tidemark-moved";

    private DeclaredHeaders() {}
}

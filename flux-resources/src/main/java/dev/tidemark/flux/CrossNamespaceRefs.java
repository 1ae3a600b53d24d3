package dev.tidemark.flux;

/** Whether what lies in one namespace may refer to what lies in another (flux-git-based 7). */
public enum CrossNamespaceRefs {
    ALLOWED,
    /** As Flux's {@code --no-cross-namespace-refs} has it. */
    BLOCKED;

    public static CrossNamespaceRefs of(boolean allowed) {
        return allowed ? ALLOWED : BLOCKED;
    }

    /**
     * Whether this is not to be.
     *
     * @param own namespace of what refers
     * @param other namespace of what is referred to
     */
    public boolean block(String own, String other) {
        return this == BLOCKED && !own.equals(other);
    }
}

package dev.tidemark.flux.status;

import java.util.Optional;

/**
 * How a status follows from the one before and from what happened, which the rule holds. A pure function: it may be applied
 * again, to another {@code before}, when somebody else wrote meanwhile.
 */
@FunctionalInterface
public interface StatusRule<T> {

    /** @param before empty where there is no status yet */
    T after(Optional<T> before);
}

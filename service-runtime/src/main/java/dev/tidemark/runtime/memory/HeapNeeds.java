package dev.tidemark.runtime.memory;

import java.util.Optional;

/** A service that keeps what it knows of feeds in memory. */
@FunctionalInterface
public interface HeapNeeds {

    /** Empty until the log is read. */
    Optional<HeapNeed> now();
}

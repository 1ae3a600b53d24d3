package dev.tidemark.flux;

import java.util.function.Consumer;

/** Where resources come from: a folder or a cluster. */
public interface ResourceSource {

    /** What is declared now. */
    ResourceSnapshot current();

    /**
     * Calls {@code listener} with every new snapshot, on a thread of the source. The listener is not called with the
     * present one. Close the registration to stop.
     */
    Registration onChange(Consumer<ResourceSnapshot> listener);

    /** A listener's registration. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}

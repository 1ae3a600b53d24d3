package dev.tidemark.flux.secret;

import dev.tidemark.flux.Registration;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads Secrets by name when they are needed: nobody lists or holds all of them, and on a cluster nobody may.
 */
public interface SecretReader {

    /** The Secret as it is now, or was some minutes ago; empty where there is none. */
    Optional<SecretContent> get(String namespace, String name);

    /** Somebody was refused with what it holds: the next {@link #get} reads it anew. */
    void refused(String namespace, String name);

    /**
     * Tells that a Secret that somebody asked for is there now, holds something else or is gone, so that what failed for
     * its sake need not wait. The listener ends at once.
     */
    Registration onChange(Consumer<ResourceId> listener);
}

package dev.tidemark.flux.view;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.RunRequests;

/** What people change by command. Manifests stay as they are. */
public interface ObjectEdits extends RunRequests {

    /**
     * Has an object left alone, or looked after again, in the way of its kind and whatever its manifest says; returns when
     * that is stored.
     *
     * @throws java.io.UncheckedIOException when it cannot be
     */
    void suspend(ResourceId id, boolean suspended);

    /**
     * Takes back an annotation that was laid over an object by command; returns when that is stored. What a manifest in a
     * folder says holds on.
     *
     * @throws java.io.UncheckedIOException when it cannot be
     */
    void withdraw(ResourceId id, String annotation);

    /**
     * Confirms the deletions that wait under a code, these and no others; returns when that is stored. It takes effect when
     * the source sees it, and none where another code waits by then.
     *
     * @throws java.io.UncheckedIOException when it cannot be
     */
    void confirm(String code);
}

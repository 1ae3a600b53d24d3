package dev.tidemark.evaluator.domain;

import org.jspecify.annotations.Nullable;

/**
 * What a scan under way says of a tag; takes effect when the scan completes, for a half-read list decides nothing.
 *
 * @param added null when the scan does not list the tag any more
 */
public record PendingTag(@Nullable KnownTag added) {

    static final PendingTag REMOVED = new PendingTag(null);
}

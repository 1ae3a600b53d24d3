package dev.tidemark.evaluation.table;

import org.jspecify.annotations.Nullable;

/**
 * What a scan says of a tag; takes effect when the scan has ended, for a half-read list decides nothing.
 *
 * @param added null when the scan does not list the tag any more
 * @param scan how many scans have ended with this one, see {@link FeedState#ended}
 */
public record PendingTag(@Nullable KnownTag added, int scan) {}

package dev.tidemark.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of news: part of a scan's difference that is too large for a record of each tag. Takes effect with the scan's
 * {@code ScanCompleted}. Written by the watcher that owns the image.
 *
 * @param page from 1 to {@code pages}
 * @param pages how many the difference has
 * @param base the generation that the difference is to; null where the log has no base of the feed
 * @param added tags that were not known; a list names no digests
 * @param removed tags that the list does not have any more
 * @param firstSeen our clock when those that were added were first seen; null for "age unknown"
 */
public record TagsChanged(
        Feed feed,
        Scan scan,
        int page,
        int pages,
        @Nullable ScanOrder base,
        List<String> added,
        List<String> removed,
        @Nullable Instant firstSeen)
        implements FeedEvent, EvaluatorInput {

    /** Added and removed ones together. */
    public static final int MAX_TAGS = 1_000;

    public TagsChanged {
        if (page < 1 || page > pages) {
            throw new IllegalArgumentException("page " + page + " of " + pages);
        }
    }
}

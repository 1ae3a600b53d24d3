package dev.tidemark.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of a base: what a feed has in stock, in the order of the tags. A base is in force when all its pages are there; it
 * takes the place of older ones and of the news up to {@code through}, and of nothing else: news behind that lie on top of
 * it. Written by the watcher that owns the image.
 *
 * @param scan the scan, or the fold, that made the base; its epoch and number are the base's generation
 * @param page from 1 to {@code pages}
 * @param pages how many the base has; the last one of a scan's completes the scan
 * @param through the offset up to which the owner had read the partition when it took the picture
 * @param origin what made it
 * @param tags at most {@link #MAX_TAGS}, sorted, none of them on another page
 * @param digests of those tags whose digest is known
 * @param firstSeen our clock when the tag was first seen; of tags that are not named the age is unknown
 */
public record TagsListed(
        Feed feed,
        Scan scan,
        int page,
        int pages,
        long through,
        Origin origin,
        List<String> tags,
        Map<String, String> digests,
        Map<String, Instant> firstSeen)
        implements FeedEvent, EvaluatorInput {

    /** Some 25 kB where nothing but tags is known: a page is read, and decided about, in one go. */
    public static final int MAX_TAGS = 1_000;

    public TagsListed {
        if (page < 1 || page > pages) {
            throw new IllegalArgumentException("page " + page + " of " + pages);
        }
    }

    /** The order of bases: the newest one that is whole is in force. */
    public ScanOrder generation() {
        return scan.order();
    }

    /** What is known of the digest of a tag. */
    public @Nullable String digest(String tag) {
        return digests.get(tag);
    }

    /** What makes a base. */
    public enum Origin {
        /** A registry's whole list: what is not on it was not there. */
        SCAN,
        /** What was known, written together: it says nothing new of any tag. */
        FOLD,
        /** Of a newer build: as a fold, it says nothing of what is missing. */
        UNKNOWN
    }
}

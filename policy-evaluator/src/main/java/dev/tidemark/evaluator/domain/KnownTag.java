package dev.tidemark.evaluator.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the evaluator knows of one tag of a feed.
 *
 * @param firstSeen null for tags of a first import: their age is unknown
 * @param missing a completed scan did not list it, but it is selected: it stays a candidate until a look at the tag
 *     itself confirms that it is gone, since lists may be stale or partial
 */
public record KnownTag(@Nullable String digest, @Nullable Instant firstSeen, boolean missing) {

    public KnownTag asMissing() {
        return new KnownTag(digest, firstSeen, true);
    }
}

package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Feed;
import java.util.Optional;

/** The tags that the log tells of, read by feed. */
public interface TagBook {

    Optional<KnownTag> find(Feed feed, String tag);

    /** All tags of a feed, in no particular order; costs what the feed has. */
    Iterable<String> all(Feed feed);

    /** Whether a full scan of the feed has ever completed: before that its list is half read and decides nothing. */
    boolean complete(Feed feed);
}

package dev.tidemark.policies.decide;

import dev.tidemark.policies.select.TagPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a decision depends on: the same question has the same answer, now and in a replay.
 *
 * @param published the tag that is selected so far
 * @param presence what a check says about the published tag, if it is not listed
 * @param firstSeen our own clock's time of a tag, nothing when its age is unknown; asked only about
 *     tags that would be selected
 * @param stop why everything is stopped, if it is
 */
public record Question(
        TagPolicy policy,
        Rules.Reading annotations,
        Optional<String> published,
        Candidates candidates,
        Presence presence,
        Instant now,
        Function<String, Optional<Instant>> firstSeen,
        Optional<String> stop) {

    /** What is known about a published tag that lists no longer show. */
    public enum Presence {
        UNKNOWN,
        /** The registry answered 404 and it was missing from lists twice; 401, 403 or an outage are not that. */
        CONFIRMED_GONE
    }
}

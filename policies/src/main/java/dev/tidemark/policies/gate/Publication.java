package dev.tidemark.policies.gate;

import java.time.Instant;
import java.util.Optional;

/**
 * Something new that would be published.
 *
 * @param what it is, in a sentence: a tag, or {@code the new digest}
 * @param tag the one tag that it is of; nothing for a list
 */
public record Publication(String what, Optional<String> tag, TagFacts facts, Instant now) {

    public static Publication ofTag(String tag, TagFacts facts, Instant now) {
        return new Publication(tag, Optional.of(tag), facts, now);
    }

    /** Of the tag that is published already. */
    public static Publication ofDigest(String tag, TagFacts facts, Instant now) {
        return new Publication("the new digest", Optional.of(tag), facts, now);
    }

    public static Publication ofList(Instant now) {
        return new Publication("the new list", Optional.empty(), TagFacts.UNKNOWN, now);
    }
}

package dev.tidemark.policies.gate;

import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.semver.VersionStep;
import java.time.Instant;
import java.util.Optional;

/** A tag that would be selected. What costs something is worked out only when a gate asks. */
public interface Proposal {

    Candidate candidate();

    /** The tag that is selected so far. */
    Optional<String> published();

    /** From what is published to the candidate; only versions have steps. */
    VersionStep step();

    TagFacts facts();

    Instant now();

    /** What is published was admitted once: what a gate learns later does not take it back. */
    default boolean isPublished() {
        return published().filter(candidate().tag()::equals).isPresent();
    }
}

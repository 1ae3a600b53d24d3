package dev.tidemark.policies.decide;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.select.TagPolicy;
import dev.tidemark.policies.semver.VersionStep;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a decision depends on: the same input has the same result, now and in a replay.
 *
 * @param published the tag that is selected so far
 * @param presence what a check says about the published tag, if it is not listed
 * @param firstSeen our own clock's time of a tag, nothing when its age is unknown; asked only about
 *     tags that would be selected
 * @param stop why everything is stopped, if it is
 */
public record DecisionInput(
        TagPolicy policy,
        Rules.Reading annotations,
        Optional<String> published,
        Candidates candidates,
        Presence presence,
        Instant now,
        Function<String, Optional<Instant>> firstSeen,
        Optional<String> stop) {

    /** What the policy would do by going from what is published to the candidate; only versions have steps. */
    VersionStep step(Candidate candidate) {
        return policy.spec().rule() instanceof PolicyRule.Semver
                ? published
                        .flatMap(policy::candidate)
                        .map(from -> VersionStep.between(from.value(), candidate.value()))
                        .orElse(VersionStep.UNKNOWN)
                : VersionStep.UNKNOWN;
    }

    /** What is known about a published tag that lists no longer show. */
    public enum Presence {
        UNKNOWN,
        /** The registry answered 404 and it was missing from lists twice; 401, 403 or an outage are not that. */
        CONFIRMED_GONE
    }
}

package dev.tidemark.policies.decide;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.Proposal;
import dev.tidemark.policies.gate.TagFacts;
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
 * @param facts what is known of a tag; asked only about those that would be selected
 * @param stop why everything is stopped, if it is
 */
public record DecisionInput(
        TagPolicy policy,
        Gates.Reading annotations,
        Optional<String> published,
        Candidates candidates,
        Presence presence,
        Instant now,
        Function<String, TagFacts> facts,
        Optional<String> stop) {

    /** The candidate as gates see it. */
    Proposal propose(Candidate candidate) {
        return new Proposed(this, candidate);
    }

    private record Proposed(DecisionInput input, Candidate candidate) implements Proposal {

        @Override
        public Optional<String> published() {
            return input.published();
        }

        @Override
        public VersionStep step() {
            return input.policy().spec().rule() instanceof PolicyRule.Semver
                    ? published()
                            .flatMap(input.policy()::candidate)
                            .map(from -> VersionStep.between(from.value(), candidate.value()))
                            .orElse(VersionStep.UNKNOWN)
                    : VersionStep.UNKNOWN;
        }

        @Override
        public TagFacts facts() {
            return input.facts().apply(candidate.tag());
        }

        @Override
        public Instant now() {
            return input.now();
        }
    }

    /** A tag with what the policy looks at; the tag itself where the filter does not let it through. */
    Candidate named(String tag) {
        return policy.candidate(tag).orElseGet(() -> new Candidate(tag, tag));
    }

    /** What is known about a published tag that lists no longer show. */
    public enum Presence {
        UNKNOWN,
        /** The registry answered 404 and it was missing from lists twice; 401, 403 or an outage are not that. */
        CONFIRMED_GONE
    }
}

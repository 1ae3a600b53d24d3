package dev.tidemark.policies.gate;

import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.semver.VersionStep;
import java.time.Instant;
import java.util.Optional;

/** A tag that would be selected, with what a gate may ask of it written down. */
record Proposed(Candidate candidate, Optional<String> published, VersionStep step, TagFacts facts, Instant now)
        implements Proposal {}

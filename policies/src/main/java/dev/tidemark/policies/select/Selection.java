package dev.tidemark.policies.select;

/** What a policy makes of a list of tags. The messages are Flux's (spec flux-git-based 20). */
public sealed interface Selection {

    record Selected(Candidate candidate) implements Selection {
        public String tag() {
            return candidate.tag();
        }
    }

    record NothingMatches(Cause cause) implements Selection {
        public String message() {
            return switch (cause) {
                case NO_CANDIDATES -> "version list argument cannot be empty";
                case NONE_FITS -> "unable to determine latest version from provided list";
            };
        }
    }

    /** One value that is no number makes a numerical policy fail as a whole. */
    record NotNumeric(Candidate offender) implements Selection {
        public String message() {
            return "failed to parse invalid numeric value '%s'".formatted(offender.value());
        }
    }

    enum Cause {
        /** No tags, or none that the filter lets through. */
        NO_CANDIDATES,
        /** Candidates, but none in range. */
        NONE_FITS
    }
}

package dev.tidemark.policies.decide;

import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.select.Verdict;
import java.time.Instant;
import java.util.Optional;

/** Why a tag is, or is not, the selection. */
public sealed interface Why {

    /** For machines, such as {@code TOO_YOUNG}. */
    String name();

    /** When the reason ends by itself. */
    default Optional<Instant> until() {
        return Optional.empty();
    }

    /** A gate says so. */
    record Held(HeldBack back) implements Why {
        @Override
        public String name() {
            return back.reason().remark();
        }

        @Override
        public Optional<Instant> until() {
            return back.until();
        }
    }

    /** The policy says so, by itself or over the list. */
    enum Plain implements Why {
        SELECTED,
        NOT_LISTED,
        FILTERED_OUT,
        NOT_A_VERSION,
        PRE_RELEASE_NOT_WANTED,
        OUT_OF_RANGE,
        NOT_A_NUMBER,
        LOWER,
        /** Ranks like the selection; a fixed rule prefers the other. */
        SAME_RANK,
        /** A value that is no number makes the policy fail as a whole. */
        POLICY_FAILS,
        /** Nothing is decided before an annotation is corrected. */
        INVALID_ANNOTATION;

        static Plain of(Verdict verdict) {
            return switch (verdict) {
                case ELIGIBLE -> LOWER;
                case FILTERED_OUT -> FILTERED_OUT;
                case NOT_A_VERSION -> NOT_A_VERSION;
                case PRE_RELEASE_NOT_WANTED -> PRE_RELEASE_NOT_WANTED;
                case OUT_OF_RANGE -> OUT_OF_RANGE;
                case NOT_A_NUMBER -> NOT_A_NUMBER;
            };
        }
    }
}

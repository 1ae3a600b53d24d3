package dev.tidemark.policies.decide;

import dev.tidemark.policies.select.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a tag is, or is not, the selection. For machines; {@link Explanation} has the sentence.
 *
 * @param until when the reason ends by itself
 */
public record Remark(String tag, Why why, Optional<Instant> until) {

    public enum Why {
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
        TOO_YOUNG,
        /** Named by a hold that skips it. */
        SKIPPED,
        /** A hold stays on another version. */
        HELD,
        FROZEN,
        STOPPED,
        /** It is lower than what is published, and that is not confirmed to be gone. */
        AWAITING_CONFIRMATION,
        /** It is lower than what is published, and downgrades are forbidden. */
        DOWNGRADE_FORBIDDEN,
        /** A value that is no number makes the policy fail as a whole. */
        POLICY_FAILS
    }

    static Remark of(String tag, Why why) {
        return new Remark(tag, why, Optional.empty());
    }

    static Why why(Verdict verdict) {
        return switch (verdict) {
            case ELIGIBLE -> Why.LOWER;
            case FILTERED_OUT -> Why.FILTERED_OUT;
            case NOT_A_VERSION -> Why.NOT_A_VERSION;
            case PRE_RELEASE_NOT_WANTED -> Why.PRE_RELEASE_NOT_WANTED;
            case OUT_OF_RANGE -> Why.OUT_OF_RANGE;
            case NOT_A_NUMBER -> Why.NOT_A_NUMBER;
        };
    }
}

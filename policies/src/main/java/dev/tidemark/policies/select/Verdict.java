package dev.tidemark.policies.select;

/** What a policy by itself says about one tag, before it is compared with others. */
public enum Verdict {
    ELIGIBLE,
    FILTERED_OUT,
    /** Not a version to Flux: fewer than two dots, or other characters. */
    NOT_A_VERSION,
    PRE_RELEASE_NOT_WANTED,
    OUT_OF_RANGE,
    NOT_A_NUMBER
}

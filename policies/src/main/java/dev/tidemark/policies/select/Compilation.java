package dev.tidemark.policies.select;

/** What became of a {@link PolicySpec}. */
public sealed interface Compilation {

    record Compiled(TagPolicy policy) implements Compilation {}

    /**
     * The policy cannot be evaluated until somebody edits it: Stalled, reason {@link #REASON}.
     *
     * @param message Flux's words (spec flux-git-based 20)
     */
    record Invalid(Part part, String message) implements Compilation {

        /** The condition's reason that Flux gives (spec flux-git-based 5.4). */
        public static final String REASON = "InvalidPolicy";
    }

    /** Where the mistake is. */
    enum Part {
        POLICY,
        FILTER
    }
}

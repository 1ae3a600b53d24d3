package dev.tidemark.policies.select;

/** What one added or removed tag does to a {@link SelectionState}. */
public sealed interface Step {

    /** The new state, the same as a full pass over the changed list would give. */
    record Next(SelectionState before, SelectionState after) implements Step {
        public boolean changesSelection() {
            return !before.selection().equals(after.selection());
        }
    }

    /** One comparison cannot tell: evaluate the whole list. */
    record FullPassRequired(Cause cause) implements Step {}

    enum Cause {
        /** The state belongs to another policy or to an older edit of this one. */
        POLICY_DIFFERS,
        /** The selected tag is gone, or the value that spoiled a numerical policy. */
        DECISIVE_TAG_REMOVED,
        /** The tag removed may have been the last candidate. */
        CANDIDATE_REMOVED,
        /** A NaN takes part: Flux's result then depends on the order of the whole list. */
        NAN_AMONG_VALUES
    }
}

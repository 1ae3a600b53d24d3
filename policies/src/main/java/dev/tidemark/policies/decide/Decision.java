package dev.tidemark.policies.decide;

import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.select.Selection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is to be done about a target. In every case but {@link Select} what is published stays. */
public sealed interface Decision {

    /** Publish the tag. */
    record Select(String tag, Optional<String> previous, Movement movement) implements Decision {}

    /**
     * What is published is the best that may be selected; its digest is followed.
     *
     * @param because why nothing better is, if there is something better
     */
    record Keep(String published, Optional<HeldBack> because) implements Decision {}

    /** Something would be selected, and waits. */
    record Waits(HeldBack why) implements Decision {}

    /** No tag fits; the selection says why, in Flux's words. */
    record Nothing(Selection selection) implements Decision {}

    record InvalidAnnotation(List<Gates.Mistake> mistakes) implements Decision {
        public String sentence() {
            return mistakes.stream().map(Gates.Mistake::sentence).collect(Collectors.joining("; "));
        }
    }

    /** The selector state does not tell enough: decide again with {@link Candidates.All}. */
    record FullPassRequired(FullPassCause cause) implements Decision {}

    enum Movement {
        FIRST,
        UP,
        /** Lower than what was published. */
        DOWN,
        /** What was published means nothing to the policy as it is now. */
        REPLACED,
        /** To the tag that somebody ordered by name. */
        AS_ORDERED
    }

    enum FullPassCause {
        POLICY_OR_ANNOTATIONS_DIFFER,
        DECISIVE_TAG_REMOVED,
        ORDER_DEPENDS_ON_ALL,
        GATE_HOLDS_DECISIVE_TAG_BACK
    }
}

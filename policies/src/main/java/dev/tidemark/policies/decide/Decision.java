package dev.tidemark.policies.decide;

import dev.tidemark.policies.select.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is to be done about a target. In every case but {@link Select} what is published stays. */
public sealed interface Decision {

    /** Publish the tag. */
    record Select(String tag, Optional<String> previous, Movement movement) implements Decision {}

    record Keep(String published, KeepReason reason) implements Decision {}

    /** The published tag is not listed: have the registry asked for it before falling back. */
    record AwaitConfirmation(String missing, String wouldSelect) implements Decision {}

    /** A hold keeps what would be selected from being it. */
    record Held(Hold hold, Optional<String> published, Optional<String> wouldSelect) implements Decision {}

    record Frozen(Instant until, String wouldSelect) implements Decision {}

    /** Nothing better is old enough; ask again then. */
    record TooYoung(String tag, Instant until) implements Decision {}

    /** @param reason what the person who stopped everything wrote */
    record Stopped(String reason, String wouldSelect) implements Decision {}

    /** No tag fits; the selection says why, in Flux's words. */
    record Nothing(Selection selection) implements Decision {}

    record InvalidAnnotation(List<Rules.Mistake> mistakes) implements Decision {}

    /** The selector state does not tell enough: decide again with {@link Candidates.All}. */
    record FullPassRequired(FullPassCause cause) implements Decision {}

    enum Movement {
        FIRST,
        UP,
        /** Lower than what was published. */
        DOWN,
        /** What was published means nothing to the policy as it is now. */
        REPLACED,
        /** To the version that a hold names. */
        TO_HELD_VERSION
    }

    enum KeepReason {
        STILL_BEST,
        DOWNGRADE_FORBIDDEN
    }

    enum FullPassCause {
        POLICY_OR_ANNOTATIONS_DIFFER,
        DECISIVE_TAG_REMOVED,
        ORDER_DEPENDS_ON_ALL
    }
}

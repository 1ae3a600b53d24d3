package dev.tidemark.evaluator.domain;

import dev.tidemark.events.SelectedTag;
import java.util.List;

/** What a policy came to. The reasons and messages are Flux's (flux-git-based 5.4 and 20). */
public sealed interface Decision {

    /** Other tags than before, or the same with another digest. */
    record Select(List<SelectedTag> tags) implements Decision {}

    /** The selection stands. */
    record Stay() implements Decision {}

    /** Something is missing that will come: a first scan, a digest. The selection stands. */
    record Wait(String reason, String message, List<String> digestsWanted) implements Decision {}

    /** No tag fits. The selection stands. */
    record Nothing(String reason, String message) implements Decision {}

    /** The policy cannot decide until its resource is edited. The selection stands. */
    record Invalid(String reason, String message) implements Decision {}
}

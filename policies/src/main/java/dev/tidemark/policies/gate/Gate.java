package dev.tidemark.policies.gate;

import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.select.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One annotation of a policy, read. It is asked when a tag would be selected, when a lower one would be, and when
 * something new would be published; where it has nothing to say it admits.
 *
 * <p>A new annotation is a new class of these, with its {@link Kind}, and a line in {@link Gates#ALL}.
 */
public interface Gate {

    /** Whether the tag may be selected; another one is looked for in its place. */
    default Admission candidate(Proposal proposal) {
        return Admission.ADMITTED;
    }

    /**
     * Whether {@link #candidate} depends on what is published. What it says with a time holds until then while that, and what
     * is known of the tag, stay.
     */
    default boolean looksAtStep() {
        return false;
    }

    /** The tag that is wanted whatever the policy prefers; it passes all gates, a person asked for it. */
    default Optional<Order> order() {
        return Optional.empty();
    }

    /** Whether a person asks to leave this tag, if it is published, also for a lower one. */
    default boolean abandons(Candidate published) {
        return false;
    }

    /** Whether a lower tag may be selected; asked unless a person asks to leave what is published. */
    default Admission descent(Descent descent) {
        return Admission.ADMITTED;
    }

    /** Whether something new may be published now; until it may, what is published stays. */
    default Admission publication(Publication publication) {
        return Admission.ADMITTED;
    }

    /** A tag that is wanted by name. */
    interface Order {

        /** @param candidate the tag, with what the policy's filter extracts from it, if it lets it through */
        boolean names(Candidate candidate);

        /** Why the policy's own choice is not selected. */
        HeldBack waits(Optional<String> choice);
    }

    /**
     * What there is to know of an annotation before one is written.
     *
     * @param annotation its name
     * @param parser of its value
     * @param appliesToLists whether it says something of a policy that selects a list
     * @param absent what holds where the annotation is not written
     * @param reasons all that it may give
     */
    record Kind(
            String annotation,
            Function<String, Parsed<Gate>> parser,
            boolean appliesToLists,
            Optional<Gate> absent,
            List<HeldBack.Reason> reasons) {}
}

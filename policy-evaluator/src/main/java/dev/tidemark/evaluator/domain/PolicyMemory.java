package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.SelectedTag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the evaluator remembers of one policy between events; everything else can be computed again.
 *
 * @param selection what was published last; empty before the first selection
 * @param previous what was selected before that, as {@code observedPreviousRef}: replaced only by something different
 * @param sequence of the last selection
 * @param said the last outcome that was published, so that only changes are
 */
public record PolicyMemory(
        List<SelectedTag> selection,
        List<SelectedTag> previous,
        long sequence,
        @Nullable Said said) {

    public static final PolicyMemory NONE = new PolicyMemory(List.of(), List.of(), 0, null);

    /** An outcome in words. */
    public record Said(DecisionOutcome outcome, String reason, String message) {}

    /** Whether the policy presently selects the tag. */
    public boolean selects(String tag) {
        return selection.stream().anyMatch(s -> s.tag().equals(tag));
    }

    Optional<String> selectedTag() {
        return selection.stream().findFirst().map(SelectedTag::tag);
    }

    PolicyMemory selecting(List<SelectedTag> tags, long newSequence, Said outcome) {
        return new PolicyMemory(List.copyOf(tags), selection.isEmpty() ? previous : selection, newSequence, outcome);
    }

    PolicyMemory saying(Said outcome) {
        return new PolicyMemory(selection, previous, sequence, outcome);
    }
}

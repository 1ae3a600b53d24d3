package dev.tidemark.evaluation.replay;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Change;
import dev.tidemark.events.CommitSize;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the log tells of a commit.
 *
 * @param automation whose commit it is, {@code namespace/name}
 * @param recordedAt when the committer said that it was pushed, by its clock
 * @param changes all of them, or examples where {@code total} is set; none where the commit was found at the remote
 * @param images all of them, or examples
 * @param total how much the commit changed; null where nothing is left out
 * @param origins the selections that it was made from, by target
 * @param forgotten targets of selections that the commit names and the log does not have any more
 */
public record CommitStory(
        String commit,
        Branch branch,
        String automation,
        String message,
        Instant recordedAt,
        List<Change> changes,
        List<String> images,
        @Nullable CommitSize total,
        List<Origin> origins,
        List<String> forgotten) {

    /**
     * A selection, and what led to it.
     *
     * @param image as the resource spells it
     * @param tags what was selected
     * @param previous what was before
     * @param why the decision's sentence; null, as are reason and trigger, where it is not in the log any more
     * @param trigger what made the policy decide
     * @param discovery null where no word of the registry made it decide
     * @param steps in their order; times are those of the clocks of who wrote
     */
    public record Origin(
            Target target,
            long sequence,
            String image,
            List<SelectedTag> tags,
            List<SelectedTag> previous,
            @Nullable String why,
            @Nullable String reason,
            @Nullable Trigger trigger,
            @Nullable Discovery discovery,
            List<Step> steps) {}

    /**
     * How a tag came to be known.
     *
     * @param receiver {@code namespace/name} of the one that was called; empty without a webhook
     * @param by the service that discovered it
     */
    public record Discovery(Way way, String receiver, String by, Instant at) {

        /** What made the watcher look. */
        public enum Way {
            WEBHOOK,
            SCAN,
            /** Of this one tag, for its digest or because nobody was sure of it. */
            CHECK
        }
    }

    /** A stage was reached. */
    public record Step(Stage stage, Instant at) {}

    /** On the way from a push to the registry to a push to Git. */
    public enum Stage {
        /** A webhook was written down. */
        NOTIFIED,
        DISCOVERED,
        SELECTED,
        /** The remote had taken the commit. */
        PUSHED
    }
}

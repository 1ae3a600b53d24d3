package dev.tidemark.evaluation.whatif;

import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A changed policy over recorded history: what it would have selected, when and why, against what happened. It takes
 * effect when the range begins, from what was selected then; tags come and go as they were recorded.
 */
public final class WhatIf {

    private WhatIf() {}

    /**
     * An answer.
     *
     * @param moments when something would have been decided, or was selected: the first {@link Moments#MOST}, and the last one
     * @param more how many moments are left out
     * @param wouldSelect at the end, the first {@link Moments#MOST_TAGS}
     * @param selected what is selected at the end, the same
     * @param same whether these two are the same, all tags of them
     * @param changes how often the selection would have changed
     * @param recordedChanges how often it did
     * @param leftOut how many records this version does not understand, or not all of
     * @param warnings of the manifest: what of it counts for nothing
     */
    public record Result(
            Target target,
            Instant since,
            Instant until,
            List<Moment> moments,
            long more,
            List<SelectedTag> wouldSelect,
            List<SelectedTag> selected,
            boolean same,
            int changes,
            int recordedChanges,
            long leftOut,
            List<String> warnings) {}

    /**
     * A time at which something would have been decided, or something was selected.
     *
     * @param wouldSelect what would have been selected from then on
     * @param outcome of the decision that holds then
     * @param reason Flux's
     * @param sentence why, for people
     * @param unknown what the decision waited for until the next moment, and nobody knows; null where it did not
     * @param recorded what was selected then
     * @param same whether the two are the same, all tags of them
     */
    public record Moment(
            Instant at,
            List<SelectedTag> wouldSelect,
            DecisionOutcome outcome,
            String reason,
            String sentence,
            @Nullable String unknown,
            List<SelectedTag> recorded,
            boolean same) {}

    /**
     * Asks.
     *
     * @param file the name of the manifest, for what is wrong with it
     * @param manifest holds one or more policies or providers, and their ImageRepositories where those are changed, too
     * @return one answer for each, in their order
     * @throws WhatIfException if the manifest or the range lacks something that it takes
     */
    public static List<Result> of(RangeFile range, String file, String manifest) {
        return of((RecordedHistory) range, file, manifest);
    }

    static List<Result> of(RecordedHistory history, String file, String manifest) {
        return Questions.read(history, file, manifest).stream()
                .map(question -> new Hypothesis(history, question).answer())
                .toList();
    }
}

package dev.tidemark.events;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A commit was pushed. Written by the committer.
 *
 * @param message of the commit, cut where it is very long
 * @param changes all of them, or examples where {@code total} is set: Git has the whole list
 * @param images all of them, or examples
 * @param total how much the commit changed; null where nothing is left out
 * @param selections what its header names (ADR 11): the sequence of each target's selection; all of them, or examples; null
 *     in records of older committers
 */
public record Committed(
        Branch branch,
        String automation,
        String commit,
        String message,
        List<Change> changes,
        List<String> images,
        @Nullable CommitSize total,
        @Nullable Map<String, Long> selections)
        implements EffectEvent {

    /** With nothing left out, as older committers wrote it. */
    public Committed(
            Branch branch,
            String automation,
            String commit,
            String message,
            List<Change> changes,
            List<String> images) {
        this(branch, automation, commit, message, changes, images, null, null);
    }
}

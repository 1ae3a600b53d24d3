package dev.tidemark.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit was pushed. Written by the committer.
 *
 * @param message of the commit, cut where it is very long
 * @param changes all of them, or examples where {@code total} is set: Git has the whole list
 * @param images all of them, or examples
 * @param total how much the commit changed; null where nothing is left out
 */
public record Committed(
        Branch branch,
        String automation,
        String commit,
        String message,
        List<Change> changes,
        List<String> images,
        @Nullable CommitSize total)
        implements EffectEvent {

    /** With nothing left out. */
    public Committed(
            Branch branch,
            String automation,
            String commit,
            String message,
            List<Change> changes,
            List<String> images) {
        this(branch, automation, commit, message, changes, images, null);
    }
}

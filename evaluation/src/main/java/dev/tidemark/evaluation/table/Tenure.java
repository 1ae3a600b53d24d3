package dev.tidemark.evaluation.table;

import dev.tidemark.events.ImageName;
import org.jspecify.annotations.Nullable;

/**
 * Whether a partition may write for a target, or where it has handed it to. Kept only where a policy and its state do not
 * say so already: a declared policy without one may write.
 *
 * @param held nobody else may write for the target
 * @param sequence of the last selection that is known, wherever it was written
 * @param stage of the declaration
 * @param movedTo the image that the target follows now, with {@link Stage#MOVED}
 */
public record Tenure(
        boolean held, long sequence, Stage stage, @Nullable ImageName movedTo) {

    /** What became of the declaration. */
    public enum Stage {
        /** In force; without {@link #held} it waits for the hand-over. */
        DECLARED,
        /** The hand-over came first. */
        EXPECTED,
        /** Deleted: who is declared anew goes on from here. */
        DELETED,
        /** Whatever is handed over goes on to another image. */
        MOVED,
        /** Of a newer build: nothing is written for the target here, and what is kept of it stays. */
        UNKNOWN
    }

    /** Whether only a newer build can tell who may write. */
    public boolean isOfANewerBuild() {
        return stage == Stage.UNKNOWN;
    }

    public Tenure at(Stage other) {
        return new Tenure(held, sequence, other, null);
    }

    public Tenure movedTo(ImageName image) {
        return new Tenure(false, sequence, Stage.MOVED, image);
    }

    public Tenure holding(boolean now, long knownSequence) {
        return new Tenure(now, Math.max(sequence, knownSequence), stage, movedTo);
    }
}

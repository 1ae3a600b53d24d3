package dev.tidemark.evaluation;

import dev.tidemark.events.ImageName;
import org.jspecify.annotations.Nullable;

/** What there is to say beside what gates say. */
public final class Sentences {

    private Sentences() {}

    /** {@code 1 tag}, {@code 2 tags}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** @param image that the target follows no more; null where only the task's state says that somebody has it */
    public static String waitsFor(@Nullable ImageName image) {
        return "waiting for the hand-over" + (image == null ? "" : " from " + image)
                + ": the evaluator that owns its partition has to let go of the policy first, so that none of its"
                + " selections comes late; is one away, start it again";
    }
}

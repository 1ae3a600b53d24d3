package dev.tidemark.evaluation;

import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.PolicyRule;
import org.jspecify.annotations.Nullable;

/** What there is to say beside what gates say. */
public final class Sentences {

    private Sentences() {}

    /** {@code 1 tag}, {@code 2 tags}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Behind Flux's words, which leave open what was looked for. */
    static String lookedFor(PolicyDeclared declared) {
        String pattern = declared.filterTags().pattern();
        return ": no tag of " + declared.name()
                + (pattern.isEmpty() ? "" : " that filterTags.pattern '" + pattern + "' lets through")
                + (declared.rule() instanceof PolicyRule.Semver(String range)
                        ? " is in the range '" + range + "'"
                        : " fits the policy");
    }

    /** @param image that the target follows no more; null where only the task's state says that somebody has it */
    public static String waitsFor(@Nullable ImageName image) {
        return "waiting for the hand-over" + (image == null ? "" : " from " + image)
                + ": the evaluator that owns its partition has to let go of the policy first, so that none of its"
                + " selections comes late; is one away, start it again";
    }
}

package dev.tidemark.evaluation;

import dev.tidemark.events.ImageName;
import dev.tidemark.policies.decide.Decision;
import dev.tidemark.policies.decide.Hold;
import dev.tidemark.policies.decide.Rules;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decisions in sentences for a person: what waits, for what, and what helps. */
public final class Sentences {

    private Sentences() {}

    static String of(Decision decision) {
        return switch (decision) {
            case Decision.Select select -> select.tag() + " is selected";
            case Decision.Keep keep ->
                switch (keep.reason()) {
                    case STILL_BEST -> keep.published() + " is still the best";
                    case DOWNGRADE_FORBIDDEN ->
                        "all listed tags are lower than " + keep.published() + ", and " + Rules.ALLOW_DOWNGRADE
                                + " says never";
                };
            case Decision.AwaitConfirmation await ->
                await.missing() + " is not listed any more: " + await.wouldSelect()
                        + " is selected when the registry confirms that it is gone";
            case Decision.Held held ->
                held(held.hold())
                        + held.wouldSelect()
                                .map(other -> "; " + other + " waits for the release")
                                .orElse("");
            case Decision.Frozen frozen -> frozen.wouldSelect() + " waits: " + frozen(frozen.until());
            case Decision.TooYoung young -> young.tag() + " is too young until " + young.until();
            case Decision.Stopped stopped -> stopped.wouldSelect() + " waits: " + stopped(stopped.reason());
            case Decision.Nothing nothing -> "no tag fits";
            case Decision.InvalidAnnotation invalid ->
                invalid.mistakes().stream().map(Sentences::mistake).collect(Collectors.joining("; "));
            case Decision.FullPassRequired required -> "the whole list has to be read";
        };
    }

    /** {@code 1 tag}, {@code 2 tags}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static String frozen(Instant until) {
        return "frozen until " + until;
    }

    static String stopped(String reason) {
        return "all updates are halted (" + reason + "); tidemark halt --lift goes on";
    }

    /** @param image that the target follows no more; null where only the task's state says that somebody has it */
    public static String waitsFor(@Nullable ImageName image) {
        return "waiting for the hand-over" + (image == null ? "" : " from " + image)
                + ": the evaluator that owns its partition has to let go of the policy first, so that none of its"
                + " selections comes late; is one away, start it again";
    }

    private static String held(Hold hold) {
        return switch (hold) {
            case Hold.StayOn(String version) -> "held on " + version;
            case Hold.Skip skip -> "skipping " + String.join(", ", skip.versions());
        };
    }

    private static String mistake(Rules.Mistake mistake) {
        return "annotation " + mistake.annotation() + " is '" + mistake.value() + "': " + mistake.remedy();
    }
}

package dev.tidemark.evaluation.whatif;

import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.TagCheckWanted;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the policy would have asked the registry. Somebody may have asked the same then, and the answer is recorded; else
 * nobody knows it.
 */
final class OpenChecks {

    /** A registry that is there has answered by then. */
    static final Duration ANSWERED_WITHIN = Duration.ofMinutes(1);

    private record Asked(CheckPurpose purpose, Instant due) {}

    /** By tag, the earliest first. */
    private final Map<String, Asked> waiting = new LinkedHashMap<>();

    private final Map<String, CheckPurpose> unanswered = new LinkedHashMap<>();

    void ask(TagCheckWanted check, Instant at) {
        drop(check.tag());
        if (check.purpose() != CheckPurpose.DIGEST_EVERY) { // what is selected stays until a change is recorded
            waiting.put(check.tag(), new Asked(check.purpose(), at.plus(ANSWERED_WITHIN)));
        }
    }

    /** Nobody asks any more. */
    void drop(String tag) {
        waiting.remove(tag);
        unanswered.remove(tag);
    }

    /** @param digest of a tag that was found; null where it was not, or without one */
    void answered(String tag, @Nullable String digest) {
        Asked asked = waiting.get(tag);
        CheckPurpose purpose = asked == null ? unanswered.get(tag) : asked.purpose();
        if (purpose == CheckPurpose.CONFIRM_GONE || digest != null) {
            drop(tag);
        }
    }

    /** When an answer is next overdue. */
    Optional<Instant> nextOverdue() {
        return waiting.values().stream().findFirst().map(Asked::due);
    }

    /** The tag whose answer is overdue; from now on nobody knows it. */
    String takeOverdue() {
        Map.Entry<String, Asked> first = waiting.entrySet().iterator().next();
        waiting.remove(first.getKey());
        unanswered.put(first.getKey(), first.getValue().purpose());
        return first.getKey();
    }

    /** What nobody knows, in words. */
    Optional<String> unknown(String name) {
        return unanswered.entrySet().stream().findFirst().map(first -> {
            String others = unanswered.size() == 1 ? "" : ", and of " + (unanswered.size() - 1) + " more";
            return switch (first.getValue()) {
                // this evaluation asks for nothing that it does not know
                case DIGEST_ONCE, DIGEST_EVERY, NEW_BASE, UNKNOWN ->
                    "nobody asked then for the digest of " + name + ':' + first.getKey() + others;
                case CONFIRM_GONE -> "nobody asked then whether " + name + ':' + first.getKey() + " is gone";
            };
        });
    }
}

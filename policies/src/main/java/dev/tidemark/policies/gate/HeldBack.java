package dev.tidemark.policies.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Something waits: what is published stays.
 *
 * @param sentence for a person: what waits, for what, and what helps
 * @param until when the reason ends by itself
 * @param check what the registry has to be asked for the reason to end
 */
public record HeldBack(Reason reason, String sentence, Optional<Instant> until, Optional<Check> check)
        implements Admission {

    /**
     * Why, for machines; names in a log only grow in number.
     *
     * @param name of the condition's reason, such as {@code TooYoung}
     * @param remark the name in remarks about single tags, such as {@code TOO_YOUNG}
     */
    public record Reason(String name, String remark) {}

    static HeldBack of(Reason reason, String sentence) {
        return new HeldBack(reason, sentence, Optional.empty(), Optional.empty());
    }

    static HeldBack until(Instant end, Reason reason, String sentence) {
        return new HeldBack(reason, sentence, Optional.of(end), Optional.empty());
    }

    static HeldBack asking(Check check, Reason reason, String sentence) {
        return new HeldBack(reason, sentence, Optional.empty(), Optional.of(check));
    }

    /**
     * When a wait ends that began then: a clock that went back makes it begin now, and people read it, who mean no
     * fractions of a second. Nothing when it has ended.
     */
    static Optional<Instant> endOf(Duration wait, Instant since, Instant now) {
        Instant begin = since.isAfter(now) ? now : since;
        Instant end =
                begin.plus(wait).plusNanos(Duration.ofSeconds(1).toNanos() - 1).truncatedTo(ChronoUnit.SECONDS);
        return Optional.of(end).filter(now::isBefore);
    }
}

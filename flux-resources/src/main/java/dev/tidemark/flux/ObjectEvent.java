package dev.tidemark.flux;

import java.time.Instant;

/**
 * Something that happened to a resource, as kubectl shows it under Events (flux-git-based 3.4).
 *
 * @param type {@code Normal}, or {@code Warning} when it failed
 * @param source who says so
 * @param count how often it happened between the two times
 */
public record ObjectEvent(
        String type,
        String reason,
        String message,
        String source,
        int count,
        Instant firstTimestamp,
        Instant lastTimestamp) {

    public static final String NORMAL = "Normal";
    public static final String WARNING = "Warning";

    /** Whether both say the same, at whatever time. */
    boolean saysTheSame(ObjectEvent other) {
        return type.equals(other.type) && reason.equals(other.reason) && message.equals(other.message);
    }

    /** This one, and that it happened before. */
    ObjectEvent after(ObjectEvent earlier) {
        return new ObjectEvent(
                type, reason, message, source, earlier.count + count, earlier.firstTimestamp, lastTimestamp);
    }
}

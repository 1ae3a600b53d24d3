package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log that could be read.
 *
 * @param at when it was written, by the clock of its writer
 * @param event null for a tombstone
 * @param withdrawal what a tombstone of {@code policy-declared} says
 * @param epoch of the owner that wrote a tombstone of {@code tag-discovered}; null where it says none
 */
public record LoggedRecord(
        Topic topic,
        int partition,
        long offset,
        Instant at,
        String key,
        @Nullable Envelope<?> event,
        Withdrawal withdrawal,
        @Nullable Long epoch) {

    /** {@code topic-partition}, as in {@code PolicyDecided.inputs}. */
    String place() {
        return topic.topicName() + '-' + partition;
    }
}

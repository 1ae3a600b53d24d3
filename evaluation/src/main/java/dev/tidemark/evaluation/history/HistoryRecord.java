package dev.tidemark.evaluation.history;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Reading;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record as the log holds it, members of tomorrow included: what it means is read when somebody asks.
 *
 * @param at when it was written, by the clock of its writer
 * @param withdrawal what a tombstone of {@code policy-declared} says
 * @param epoch of the owner that wrote a tombstone of {@code tag-discovered}; null where it says none
 * @param value null for a tombstone
 */
@SuppressWarnings(
        "ArrayRecordComponent") // nobody compares records, and a copy of each would cost as much as reading it
public record HistoryRecord(
        Topic topic,
        int partition,
        long offset,
        Instant at,
        String key,
        Withdrawal withdrawal,
        @Nullable Long epoch,
        byte @Nullable [] value) {

    /** Where it lies. */
    public Place place() {
        return new Place(topic, partition);
    }

    public boolean isTombstone() {
        return value == null;
    }

    /**
     * What it says to this version.
     *
     * @throws NullPointerException for a tombstone
     */
    public Reading reading() {
        return EventCodec.read(Objects.requireNonNull(value));
    }

    /** One partition of one topic: its records have an order. */
    public record Place(Topic topic, int partition) implements Comparable<Place> {

        /** {@code topic-partition}, as in {@code PolicyDecided.inputs}. */
        public String text() {
            return topic.topicName() + '-' + partition;
        }

        @Override
        public int compareTo(Place other) {
            int byTopic = topic.compareTo(other.topic);
            return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
        }
    }
}

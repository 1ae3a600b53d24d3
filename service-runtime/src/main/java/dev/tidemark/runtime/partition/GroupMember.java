package dev.tidemark.runtime.partition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A member of the consumer group that shares out the partitions of a topic. All but {@link #wakeup} from one thread. */
interface GroupMember extends AutoCloseable {

    /** What a member hears from within {@link #poll} and {@link #close}. */
    interface Listener {
        void assigned(Set<Integer> partitions);

        /** The group waits until this returns: what was begun may be finished, and offsets committed. */
        void revoked(Set<Integer> partitions);

        /** Somebody else has the partitions already. */
        void lost(Set<Integer> partitions);
    }

    /** Waits for records, assignments, or a call of {@link #wakeup}. */
    List<ConsumerRecord<String, byte[]>> poll(Duration longest);

    /** Ends a {@link #poll} that waits, or the next one. From any thread. */
    void wakeup();

    Set<Integer> assignment();

    /** The offset of the record that {@link #poll} returns next. */
    long position(int partition);

    /**
     * Commits and waits for the broker's answer.
     *
     * @throws RuntimeException when the group has moved on, or the broker does not answer in time
     */
    void commit(Map<Integer, Long> offsets);

    /** No records of these are delivered until {@link #resume}. */
    void pause(Set<Integer> partitions);

    void resume(Set<Integer> partitions);

    @Override
    void close();

    /** Makes a member that has joined. */
    @FunctionalInterface
    interface Factory {
        GroupMember join(Listener listener);
    }
}

package dev.tidemark.runtime.partition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** A member by a plain consumer that is subscribed to one topic. */
final class KafkaGroupMember implements GroupMember {

    /** A broker that takes longer than a session to answer would have given the partitions away. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    /**
     * For the answer to the word that it leaves the group, which is on its way at once. Where that does not come in
     * milliseconds, nothing but the fetch that waits at the broker on another connection is waited for, in each service.
     */
    private static final Duration LEAVE_LIMIT = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final String topic;

    /** The client remembers a wake that came too late and throws in its next call, so it is woken only out of a poll. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean polling;
    private boolean woken;

    /** @param consumer of raw values, that commits nothing by itself; closed with this */
    KafkaGroupMember(Consumer<String, byte[]> consumer, String topic, Listener listener) {
        this.consumer = consumer;
        this.topic = topic;
        consumer.subscribe(List.of(topic), new Rebalance(listener));
    }

    @Override
    public List<ConsumerRecord<String, byte[]>> poll(Duration longest) {
        Duration wait = beginPoll() ? longest : Duration.ZERO;
        try {
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            consumer.poll(wait).forEach(records::add);
            return records;
        } catch (WakeupException asked) {
            return List.of();
        } finally {
            endPoll();
        }
    }

    /** Whether nobody asked to be heard meanwhile. */
    private boolean beginPoll() {
        lock.lock();
        try {
            boolean mayWait = !woken;
            woken = false;
            polling = true;
            return mayWait;
        } finally {
            lock.unlock();
        }
    }

    private void endPoll() {
        lock.lock();
        try {
            polling = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wakeup() {
        lock.lock();
        try {
            if (polling) {
                consumer.wakeup();
            } else {
                woken = true;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<Integer> assignment() {
        return numbers(consumer.assignment());
    }

    @Override
    public long position(int partition) {
        TopicPartition one = new TopicPartition(topic, partition);
        try {
            return consumer.position(one, ANSWER_LIMIT);
        } catch (WakeupException ofThePollBefore) {
            return consumer.position(one, ANSWER_LIMIT);
        }
    }

    @Override
    public void commit(Map<Integer, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
        offsets.forEach(
                (partition, offset) -> all.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
        try {
            consumer.commitSync(all, ANSWER_LIMIT);
        } catch (WakeupException ofThePollBefore) {
            consumer.commitSync(all, ANSWER_LIMIT);
        }
    }

    @Override
    public void pause(Set<Integer> partitions) {
        consumer.pause(named(partitions));
    }

    @Override
    public void resume(Set<Integer> partitions) {
        consumer.resume(named(partitions));
    }

    private Collection<TopicPartition> named(Set<Integer> partitions) {
        List<TopicPartition> all = new ArrayList<>();
        for (TopicPartition assigned : consumer.assignment()) {
            if (partitions.contains(assigned.partition())) {
                all.add(assigned);
            }
        }
        return all;
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        Set<Integer> numbers = new TreeSet<>();
        partitions.forEach(partition -> numbers.add(partition.partition()));
        return numbers;
    }

    @Override
    public void close() {
        // one with a name of its own says nothing: it comes back
        boolean silent = consumer.groupMetadata().groupInstanceId().isPresent();
        consumer.close(CloseOptions.timeout(silent ? Duration.ZERO : LEAVE_LIMIT));
    }

    private record Rebalance(Listener listener) implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            listener.assigned(numbers(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            listener.revoked(numbers(partitions));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            listener.lost(numbers(partitions));
        }
    }
}

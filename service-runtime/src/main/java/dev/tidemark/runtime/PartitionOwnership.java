package dev.tidemark.runtime;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions of a channel's topic this replica owns, and a proof of it. A service that must be the only one to act
 * on something owns the partition that the thing's key falls into.
 *
 * <p>Subclass as a bean with {@code @Identifier("<channel>")} and name it in the channel's
 * {@code consumer-rebalance-listener.name}.
 */
public abstract class PartitionOwnership implements KafkaConsumerRebalanceListener {

    private final String channel;
    private final KafkaClientService clients;
    private final Set<Integer> owned = new ConcurrentSkipListSet<>();
    private final List<Listener> listeners = new ArrayList<>();

    /** What is owned and what listeners were told change together: one that registers late misses and repeats nothing. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Hears of changes on the channel's polling thread: hand work over, do not do it there. */
    public interface Listener {
        void assigned(Set<Integer> partitions);

        void revoked(Set<Integer> partitions);
    }

    protected PartitionOwnership(String channel, KafkaClientService clients) {
        this.channel = channel;
        this.clients = clients;
    }

    /** Registers a listener and tells it at once what is already owned. */
    public void listen(Listener listener) {
        lock.lock();
        try {
            listeners.add(listener);
            Set<Integer> now = owned();
            if (!now.isEmpty()) {
                listener.assigned(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is owned as far as this replica knows; a replica that was paused may be wrong until it proves it. */
    public Set<Integer> owned() {
        return new TreeSet<>(owned);
    }

    public boolean owns(int partition) {
        return owned.contains(partition);
    }

    /**
     * Proves that the group still sees this replica as the owner: a synchronous commit is refused for a lost generation.
     * Costs one round trip to the broker, after the present poll.
     *
     * @return false when the partition is not owned, the group has moved on, or the broker did not answer in time
     */
    public boolean prove(int partition, Duration limit) {
        if (!owns(partition)) {
            return false;
        }
        KafkaConsumer<Object, Object> consumer = clients.getConsumer(channel);
        if (consumer == null) {
            return false;
        }
        Function<Consumer<Object, Object>, Boolean> commit = raw -> commitPosition(raw, partition, limit);
        try {
            return consumer.runOnPollingThread(commit).await().atMost(limit);
        } catch (RuntimeException lostOrLate) {
            return false;
        }
    }

    private static boolean commitPosition(Consumer<?, ?> consumer, int partition, Duration limit) {
        Map<TopicPartition, OffsetAndMetadata> position = new HashMap<>();
        for (TopicPartition assigned : consumer.assignment()) {
            if (assigned.partition() == partition) {
                position.put(assigned, new OffsetAndMetadata(consumer.position(assigned)));
            }
        }
        if (position.isEmpty()) {
            return false;
        }
        consumer.commitSync(position, limit);
        return true;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Set<Integer> numbers = numbers(partitions);
        lock.lock();
        try {
            owned.addAll(numbers);
            listeners.forEach(listener -> listener.assigned(numbers));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Set<Integer> numbers = numbers(partitions);
        lock.lock();
        try {
            owned.removeAll(numbers);
            listeners.forEach(listener -> listener.revoked(numbers));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        onPartitionsRevoked(consumer, partitions);
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        Set<Integer> numbers = new TreeSet<>();
        partitions.forEach(p -> numbers.add(p.partition()));
        return numbers;
    }
}

package dev.tidemark.runtime.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads what a consumer is assigned from where it stands to given ends, or fails.
 *
 * @param longestSilence how long nothing may come before that is an error
 */
record ReadingToEnds(org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer, Duration longestSilence) {

    private static final Duration POLL = Duration.ofMillis(100);

    /** @throws org.apache.kafka.common.KafkaException if the broker does not answer in time */
    void read(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<String, byte[]>> sink) {
        List<Long> reached = positions(ends.keySet());
        long heard = System.nanoTime();
        while (!isAtEnd(ends)) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L)) {
                    sink.accept(record);
                }
            }
            List<Long> now = positions(ends.keySet());
            if (!now.equals(reached)) {
                reached = now;
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > longestSilence.toNanos()) {
                throw new TimeoutException("nothing came from " + ends.keySet() + " for " + longestSilence);
            }
        }
    }

    private List<Long> positions(Collection<TopicPartition> partitions) {
        List<Long> positions = new ArrayList<>();
        partitions.forEach(partition -> positions.add(consumer.position(partition)));
        return positions;
    }

    private boolean isAtEnd(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}

package dev.tidemark.evaluator.streams;

import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.EventReader;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.publish.LogListener;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * From {@code tag-discovered}, {@code policy-declared}, {@code control-requested} and what other partitions write to
 * {@code policy-handed-over} to {@code tag-selected}, {@code policy-decided} and {@code tag-check-wanted}. Values come in as bytes, so that a record that nobody can decode becomes a dead letter in
 * the same transaction and not a stopped partition.
 */
public final class EvaluationTopology {

    private static final String INPUT = "input";
    private static final String POLICIES = "policies";
    private static final List<Topic> INPUTS =
            List.of(Topic.TAG_DISCOVERED, Topic.POLICY_DECLARED, Topic.POLICY_HANDED_OVER, Topic.CONTROL_REQUESTED);
    private static final List<Topic> OUTPUTS =
            List.of(Topic.TAG_SELECTED, Topic.POLICY_DECIDED, Topic.TAG_CHECK_WANTED, Topic.POLICY_HANDED_OVER);

    private EvaluationTopology() {}

    /**
     * @param events what records are read with
     * @param log what its topics are called
     * @param version of this evaluator, recorded in every decision
     * @param next hears when something is due by time
     * @param shown the last sequence of each target that the log shows, for state that is built anew
     * @param listener hears of what is written, before the broker has it
     */
    static Topology build(
            EventReader events,
            InstantSource clock,
            LogSettings log,
            String version,
            NextLoop next,
            java.util.function.Supplier<Map<String, Long>> shown,
            LogListener listener) {
        Topology topology = new Topology();
        topology.addSource(
                INPUT,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                INPUTS.stream().map(log::name).toArray(String[]::new));
        topology.addProcessor(
                POLICIES, new Supplier(events, clock, log.partitions(), version, next, shown, listener), INPUT);
        OUTPUTS.forEach(topic -> topology.addSink(
                topic.topicName(),
                log.name(topic),
                new StringSerializer(),
                new ByteArraySerializer(),
                partitionerOf(topic),
                POLICIES));
        INPUTS.forEach(topic -> topology.addSink(
                topic.deadLetterName(),
                log.deadLetters(topic),
                new StringSerializer(),
                new ByteArraySerializer(),
                POLICIES));
        return topology;
    }

    private static StreamPartitioner<String, byte[]> partitionerOf(Topic topic) {
        return (name, key, value, count) -> Optional.of(Set.of(Partitioning.partition(topic, key, count)));
    }

    private record Supplier(
            EventReader events,
            InstantSource clock,
            int partitions,
            String version,
            NextLoop next,
            java.util.function.Supplier<Map<String, Long>> shown,
            LogListener listener)
            implements ProcessorSupplier<String, byte[], String, byte[]> {

        @Override
        public Processor<String, byte[], String, byte[]> get() {
            return new PolicyProcessor(events, clock, partitions, version, next, shown, listener);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Stores.builders(events);
        }
    }
}

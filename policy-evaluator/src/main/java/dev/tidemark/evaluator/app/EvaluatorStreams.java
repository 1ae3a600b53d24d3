package dev.tidemark.evaluator.app;

import dev.tidemark.evaluator.streams.EvaluationTopology;
import dev.tidemark.events.kafka.RecordLimits;
import dev.tidemark.runtime.log.LogClients;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** The running topology with the settings that its latency and its exactly-once need. */
public final class EvaluatorStreams implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EvaluatorStreams.class.getName());

    /** The survivors of a killed replica hear of its end with their next heartbeat. */
    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final KafkaStreams streams;

    public EvaluatorStreams(EvaluatorConfig config, LogClients log, Clock clock, String version) {
        this.streams =
                new KafkaStreams(EvaluationTopology.build(clock, log.settings(), version), properties(config, log));
        streams.setUncaughtExceptionHandler(fault -> {
            LOG.log(System.Logger.Level.ERROR, "the evaluation stopped and starts again", fault);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    static Properties properties(EvaluatorConfig config, LogClients log) {
        Properties p = log.streams(config.applicationId());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        p.put(StreamsConfig.POLL_MS_CONFIG, config.poll().toMillis());
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        // the stores are in memory: nothing is ever written there
        p.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(System.getProperty("java.io.tmpdir"), "tidemark-streams")
                        .toString());
        p.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), RecordLimits.EVENT_BYTES);
        p.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), RecordLimits.EVENT_BYTES);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                config.transactionTimeout().toMillis());
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                config.sessionTimeout().toMillis());
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int) HEARTBEAT.toMillis());
        // Streams' default lets a replica that stops orderly be missed only when its session has timed out
        p.put(StreamsConfig.consumerPrefix("internal.leave.group.on.close"), true);
        config.instanceId()
                .ifPresent(id -> p.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        return p;
    }

    public void start() {
        streams.start();
    }

    /** Whether the topology is at work; false while partitions are assigned and state is restored. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    public String state() {
        return streams.state().toString();
    }

    @Override
    public void close() {
        streams.close(new KafkaStreams.CloseOptions().timeout(CLOSE_LIMIT).leaveGroup(true));
    }
}

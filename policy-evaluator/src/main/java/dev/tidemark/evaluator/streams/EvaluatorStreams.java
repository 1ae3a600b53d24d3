package dev.tidemark.evaluator.streams;

import dev.tidemark.events.kafka.RecordLimits;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.memory.HeapNeed;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** The running topology with the settings that its latency and its exactly-once need. */
public final class EvaluatorStreams implements AutoCloseable {

    /** What the topology remembers; each has a changelog. */
    public static final Set<String> STORES = Stores.NAMES;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** Hardly noticed after one fault. */
    private static final Duration FIRST_RESTART = Duration.ofSeconds(1);

    /**
     * A thread that has ended waits as a member of its group, with its transaction open: others must not wait for it longer
     * than for one that was killed.
     */
    private static final Duration LONGEST_RESTART = Duration.ofSeconds(3);

    private static final double JITTER = 0.1;

    /** Hardly noticed at a start; while Streams warms up a copy before it hands a partition over, each asks so often. */
    private static final Duration RESTORE_FETCH = Duration.ofMillis(100);

    private final KafkaStreams streams;
    private final StreamRestarts restarts;
    private final NextLoop next;

    public EvaluatorStreams(
            StreamsSettings config, LogClients log, Scheduler scheduler, String version, LogListener listener) {
        this.next = new NextLoop(System::nanoTime);
        this.streams = new KafkaStreams(
                EvaluationTopology.build(
                        log.events(),
                        scheduler.clock(),
                        log.settings(),
                        version,
                        next,
                        new ShownSequences(log),
                        listener),
                properties(config, log),
                new StreamsClients(log, next));
        this.restarts =
                new StreamRestarts(new Backoff(FIRST_RESTART, LONGEST_RESTART, JITTER, new SecureRandom()), scheduler);
        streams.setUncaughtExceptionHandler(restarts);
        streams.setStateListener((now, before) -> next.running(now == KafkaStreams.State.RUNNING));
    }

    static Properties properties(StreamsSettings config, LogClients log) {
        Properties p = log.streams(config.applicationId());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        p.put(StreamsConfig.POLL_MS_CONFIG, config.poll().toMillis());
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        // the stores are in state: nothing is ever written there
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
        if (config.standbyReplicas() == 0) {
            // where the next partition's state begins is asked on the connection on which a fetch waits for what will
            // not come
            p.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), (int)
                    RESTORE_FETCH.toMillis());
        }
        // Streams' default lets a replica that stops orderly be missed only when its session has timed out
        p.put(StreamsConfig.consumerPrefix("internal.leave.group.on.close"), true);
        return p;
    }

    public void start() {
        streams.start();
    }

    /** Whether the topology is at work; false while partitions are assigned and state is restored. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING && !restarts.isWaiting();
    }

    /** What the feeds of this replica are expected to take of memory; empty while it is being read. */
    public Optional<HeapNeed> heapNeed() {
        try {
            return isRunning() ? Optional.of(Stores.heapNeed(streams)) : Optional.empty();
        } catch (InvalidStateStoreException assignedAnew) {
            return Optional.empty();
        }
    }

    public String state() {
        return streams.state().toString();
    }

    @Override
    public void close() {
        restarts.close();
        next.end();
        streams.close(new KafkaStreams.CloseOptions().timeout(CLOSE_LIMIT).leaveGroup(true));
    }
}

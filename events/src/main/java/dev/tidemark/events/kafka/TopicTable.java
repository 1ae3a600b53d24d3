package dev.tidemark.events.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * All of a small topic in memory, the newest record of each key, kept current: every replica has its own. A consumer
 * that reacts to its own table can never be overtaken by the event that woke it.
 */
public final class TopicTable implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final Topic topic;
    private final LogSettings settings;
    private final String clientId;
    private final DeadLetters deadLetters;
    private final Consumer<Set<String>> onChange;
    private final Predicate<String> keys;

    private final Map<String, Envelope<?>> newest = new ConcurrentHashMap<>();
    private final Queue<CatchUp> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final KafkaConsumer<String, byte[]> consumer;
    private volatile boolean closing;

    private record CatchUp(CompletableFuture<Void> done, Map<TopicPartition, Long> ends) {}

    /** @param onChange called on the table's thread with the keys that changed, after the table shows the change */
    public TopicTable(
            Topic topic,
            LogSettings settings,
            String clientId,
            DeadLetters deadLetters,
            Consumer<Set<String>> onChange) {
        this(topic, settings, clientId, deadLetters, onChange, key -> true);
    }

    /** @param keys which records the table keeps; the others are read over and cost no memory */
    public TopicTable(
            Topic topic,
            LogSettings settings,
            String clientId,
            DeadLetters deadLetters,
            Consumer<Set<String>> onChange,
            Predicate<String> keys) {
        this.topic = topic;
        this.settings = settings;
        this.clientId = clientId;
        this.deadLetters = deadLetters;
        this.onChange = onChange;
        this.keys = keys;
        this.consumer = new KafkaConsumer<>(settings.readerConfig(clientId));
        this.thread = Thread.ofPlatform().name(clientId).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** The newest record of each key, as of now: a copy. */
    public Map<String, Envelope<?>> newest() {
        return Map.copyOf(newest);
    }

    /** The newest record of one key. */
    public Optional<Envelope<?>> find(String key) {
        return Optional.ofNullable(newest.get(key));
    }

    /**
     * Waits until the table has everything that was in the topic when this was called.
     *
     * @return false when that took longer than {@code limit}, or the table is closed
     */
    public boolean catchUp(Duration limit) throws InterruptedException {
        var done = new CompletableFuture<Void>();
        waiting.add(new CatchUp(done, new ConcurrentHashMap<>()));
        consumer.wakeup();
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException | CancellationException tooLateOrClosed) {
            return false;
        }
    }

    private void run() {
        try (consumer) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int number = 0; number < settings.partitions(); number++) {
                partitions.add(new TopicPartition(topic.topicName(), number));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closing) {
                step(partitions);
            }
        } finally {
            waiting.forEach(w -> w.done().cancel(false));
        }
    }

    private void step(List<TopicPartition> partitions) {
        try {
            for (CatchUp catchUp : waiting) {
                if (catchUp.ends().isEmpty()) {
                    catchUp.ends().putAll(consumer.endOffsets(partitions));
                }
            }
            // An idle topic has nothing to poll for: whoever waits for its end must not wait for the poll.
            waiting.removeIf(this::completeIfReached);
            Set<String> changed = new LinkedHashSet<>();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (apply(record)) {
                    changed.add(record.key());
                }
            }
            if (!changed.isEmpty()) {
                tell(changed);
            }
            waiting.removeIf(this::completeIfReached);
        } catch (WakeupException wakeUp) {
            // somebody asks to catch up, or to close: the loop looks
        } catch (KafkaException fault) {
            System.getLogger(TopicTable.class.getName())
                    .log(System.Logger.Level.WARNING, clientId + ": reading " + topic.topicName() + " failed", fault);
            pause();
        }
    }

    private boolean completeIfReached(CatchUp catchUp) {
        boolean reached = !catchUp.ends().isEmpty()
                && catchUp.ends().entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        if (reached) {
            catchUp.done().complete(null);
        }
        return reached;
    }

    /** The listener's failure must not end the table: it would show old records for ever. */
    private void tell(Set<String> changed) {
        try {
            onChange.accept(changed);
        } catch (RuntimeException failure) {
            System.getLogger(TopicTable.class.getName())
                    .log(System.Logger.Level.ERROR, clientId + ": the listener of the table failed", failure);
        }
    }

    /** Whether the table now shows something else. */
    private boolean apply(ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        if (key == null) {
            deadLetters.add(record, new UndecodableException("the record has no key"));
            return false;
        }
        if (!keys.test(key)) {
            return false;
        }
        if (record.value() == null) {
            return newest.remove(key) != null;
        }
        try {
            newest.put(key, EventCodec.decode(record.value()));
            return true;
        } catch (UndecodableException undecodable) {
            deadLetters.add(record, undecodable);
            return false;
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAULT);
        } catch (InterruptedException stop) {
            closing = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(LogSettings.REQUEST_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

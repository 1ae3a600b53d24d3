package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import java.time.Duration;
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
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    private final String clientId;
    private final DeadLetters deadLetters;
    private final Consumer<Set<String>> onChange;
    private final Predicate<String> keys;

    private final Map<String, Envelope<?>> newest = new ConcurrentHashMap<>();
    private final Queue<CatchUp> waiting = new ConcurrentLinkedQueue<>();

    /** How far the table shows each partition; missing before the first poll. */
    private final Map<TopicPartition, Long> shown = new ConcurrentHashMap<>();

    private final List<TopicPartition> partitions;
    private final Thread thread;
    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
    private final TopicEnds ends;
    private volatile boolean closing;

    private record CatchUp(CompletableFuture<Void> done, Map<TopicPartition, Long> ends) {}

    /** @param onChange called on the table's thread with the keys that changed, after the table shows the change */
    public TopicTable(
            Topic topic, LogClients clients, String clientId, DeadLetters deadLetters, Consumer<Set<String>> onChange) {
        this(topic, clients, clientId, deadLetters, onChange, key -> true);
    }

    /** @param keys which records the table keeps; the others are read over and cost no memory */
    public TopicTable(
            Topic topic,
            LogClients clients,
            String clientId,
            DeadLetters deadLetters,
            Consumer<Set<String>> onChange,
            Predicate<String> keys) {
        this(topic, clients, clientId, () -> clients.reader(clientId), deadLetters, onChange, keys);
    }

    /** @param consumers gives the one that polls */
    TopicTable(
            Topic topic,
            LogClients clients,
            String clientId,
            Supplier<org.apache.kafka.clients.consumer.Consumer<String, byte[]>> consumers,
            DeadLetters deadLetters,
            Consumer<Set<String>> onChange,
            Predicate<String> keys) {
        this.topic = topic;
        this.clientId = clientId;
        this.deadLetters = deadLetters;
        this.onChange = onChange;
        this.keys = keys;
        this.partitions = clients.settings().partitionsOf(topic);
        this.consumer = consumers.get();
        this.ends = new TopicEnds(partitions, () -> clients.reader(clientId + "-ends"));
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
        long begin = System.nanoTime();
        CatchUp catchUp;
        try {
            catchUp = new CatchUp(new CompletableFuture<>(), ends.now(limit));
        } catch (WakeupException closed) {
            return false;
        } catch (KafkaException fault) {
            if (closing) {
                return false;
            }
            warn("asking for the end of " + topic.topicName() + " failed", fault);
            return false;
        }
        waiting.add(catchUp);
        try {
            if (closing) {
                return false;
            }
            completeIfReached(catchUp);
            long left = limit.toNanos() - (System.nanoTime() - begin);
            catchUp.done().get(left, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException | CancellationException tooLateOrClosed) {
            return false;
        } finally {
            waiting.remove(catchUp);
        }
    }

    private void run() {
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closing) {
                step();
            }
        } finally {
            waiting.forEach(w -> w.done().cancel(false));
        }
    }

    private void step() {
        try {
            Set<String> changed = new LinkedHashSet<>();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (apply(record)) {
                    changed.add(record.key());
                }
            }
            if (!changed.isEmpty()) {
                tell(changed);
            }
            partitions.forEach(partition -> shown.put(partition, consumer.position(partition)));
            waiting.forEach(this::completeIfReached);
        } catch (WakeupException closed) {
            // the loop looks
        } catch (KafkaException fault) {
            warn("reading " + topic.topicName() + " failed", fault);
            pause();
        }
    }

    private void completeIfReached(CatchUp catchUp) {
        if (catchUp.ends().entrySet().stream()
                .allMatch(end -> shown.getOrDefault(end.getKey(), -1L) >= end.getValue())) {
            catchUp.done().complete(null);
        }
    }

    private void warn(String what, KafkaException fault) {
        System.getLogger(TopicTable.class.getName()).log(System.Logger.Level.WARNING, clientId + ": " + what, fault);
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
        ends.close();
        consumer.wakeup();
        try {
            thread.join(LogClients.REQUEST_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.tidemark.runtime.log;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.time.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * All of a small topic in memory, the newest record of each key, kept current: every replica has its own. A consumer
 * that reacts to its own table can never be overtaken by the event that woke it.
 *
 * <p>Whatever goes wrong, it goes on: after a fault it reads with a new consumer from where it was, and meanwhile
 * {@link #health} says so. Records that cannot be read become dead letters; of a type that only a newer Tidemark knows they
 * change nothing, and what a key showed before stays.
 */
public final class TopicTable implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TopicTable.class.getName());
    /** Until the table knows where it is: a topic that is empty would say so only after a long poll. */
    private static final Duration FIRST_POLL = Duration.ofMillis(100);

    /** Nothing is asked between two records, unless a listener failed: what closes the table wakes it. */
    private static final Duration POLL = Duration.ofSeconds(30);

    /** From one blink of the broker to what a person must mend; some jitter, since all replicas fail together. */
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2, new Random());

    private final Topic topic;
    private final LogSettings settings;
    private final String clientId;
    private final DeadLetters deadLetters;
    private final EventReader events;
    private final Predicate<String> keys;

    private final Map<String, Envelope<?>> newest = new ConcurrentHashMap<>();
    private final Queue<CatchUp> waiting = new ConcurrentLinkedQueue<>();

    /** How far the table shows each partition; missing before the first poll. */
    private final Map<TopicPartition, Long> shown = new ConcurrentHashMap<>();

    private final List<TopicPartition> partitions;
    private final Thread thread;
    private final TopicEnds ends;
    private final TableListener listener;
    private final ReadingLoop loop;
    private volatile @Nullable Consumer<String, byte[]> consumer;

    private record CatchUp(CompletableFuture<Void> done, Map<TopicPartition, Long> ends) {}

    /**
     * @param onChange called on the table's thread with the keys that changed, after the table shows the change; again
     *     for those keys, until it does not fail
     */
    public TopicTable(
            Topic topic,
            LogClients clients,
            String clientId,
            DeadLetters deadLetters,
            java.util.function.Consumer<Set<String>> onChange) {
        this(topic, clients, clientId, deadLetters, onChange, key -> true);
    }

    /** @param keys which records the table keeps; the others are read over and cost no memory */
    public TopicTable(
            Topic topic,
            LogClients clients,
            String clientId,
            DeadLetters deadLetters,
            java.util.function.Consumer<Set<String>> onChange,
            Predicate<String> keys) {
        this(
                topic,
                clients.settings(),
                clientId,
                () -> clients.follower(clientId),
                () -> clients.reader(clientId + "-ends"),
                deadLetters,
                clients.events(),
                onChange,
                keys,
                BACKOFF,
                Clock.systemUTC(),
                clients.tableHealths());
    }

    /**
     * @param consumers gives those that poll, a new one after each fault
     * @param endConsumers gives those that ask where the topic ends
     */
    TopicTable(
            Topic topic,
            LogSettings settings,
            String clientId,
            Supplier<Consumer<String, byte[]>> consumers,
            Supplier<Consumer<String, byte[]>> endConsumers,
            DeadLetters deadLetters,
            EventReader events,
            java.util.function.Consumer<Set<String>> onChange,
            Predicate<String> keys,
            Backoff backoff,
            Clock clock,
            TableHealths healths) {
        this.topic = topic;
        this.settings = settings;
        this.clientId = clientId;
        this.deadLetters = deadLetters;
        this.events = events;
        this.keys = keys;
        this.loop = new ReadingLoop(clientId, consumers, backoff, clock, healths);
        this.partitions = settings.partitionsOf(topic);
        this.ends = new TopicEnds(partitions, endConsumers);
        this.listener = new TableListener(clientId, onChange, backoff, clock);
        this.thread = Thread.ofPlatform().name(clientId).daemon().unstarted(this::run);
    }

    public void start() {
        loop.announce(this::health);
        thread.start();
    }

    /** Whether the table follows its topic, and what changes is dealt with. */
    public TableHealth health() {
        return switch (loop.health()) {
            case TableHealth.Failing failing -> failing;
            case TableHealth.Following following -> listener.health();
        };
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
     * @return false when that took longer than {@code limit}, the broker did not say where the topic ends, or the table
     *     is closed
     */
    public boolean catchUp(Duration limit) throws InterruptedException {
        long begin = System.nanoTime();
        CatchUp catchUp;
        try {
            catchUp = new CatchUp(new CompletableFuture<>(), ends.now(limit));
        } catch (WakeupException closed) {
            return false;
        } catch (RuntimeException fault) {
            if (!loop.isClosing()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        clientId + ": asking for the end of " + settings.name(topic) + " failed",
                        fault);
            }
            return false;
        }
        waiting.add(catchUp);
        try {
            if (loop.isClosing()) {
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

    /** The table's life, on its thread. */
    void run() {
        try {
            loop.run(new ReadingLoop.Reading() {
                @Override
                public void begin(Consumer<String, byte[]> made) {
                    open(made);
                }

                @Override
                public void step(Consumer<String, byte[]> mine) {
                    read(mine);
                }
            });
        } finally {
            waiting.forEach(w -> w.done().cancel(false));
        }
    }

    /**
     * From where the table is. Where each partition begins is known before the first fetch: of a topic that was just made
     * one may be asked again, and would be behind a fetch of the other that waits for records on the same connection.
     */
    private void open(Consumer<String, byte[]> made) {
        consumer = made;
        made.assign(partitions);
        made.seekToBeginning(
                partitions.stream().filter(p -> !shown.containsKey(p)).toList());
        shown.forEach(made::seek);
        partitions.forEach(made::position);
    }

    private void read(Consumer<String, byte[]> mine) {
        boolean settled = shown.size() == partitions.size() && loop.isFollowing();
        for (ConsumerRecord<String, byte[]> record : mine.poll(settled ? listener.within(POLL) : FIRST_POLL)) {
            apply(record);
        }
        listener.tell();
        partitions.forEach(partition -> shown.put(partition, mine.position(partition)));
        waiting.forEach(this::completeIfReached);
    }

    private void completeIfReached(CatchUp catchUp) {
        if (catchUp.ends().entrySet().stream()
                .allMatch(end -> shown.getOrDefault(end.getKey(), -1L) >= end.getValue())) {
            catchUp.done().complete(null);
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        try {
            String key = ReceivedRecord.key(record);
            if (!keys.test(key)) {
                return;
            }
            ReceivedRecord.read(topic, settings.partitions(), record, events).ifPresent(this::take);
        } catch (UndecodableException reason) {
            deadLetters.add(record, reason);
        }
    }

    private void take(LogRecord record) {
        if (record.envelope() != null) {
            newest.put(record.key(), record.envelope());
            listener.changed(record.key());
        } else if (newest.remove(record.key()) != null) {
            listener.changed(record.key());
        }
    }

    @Override
    public void close() {
        loop.close();
        ends.close();
        Consumer<String, byte[]> waking = consumer;
        if (waking != null) {
            waking.wakeup();
        }
        try {
            // in milliseconds: the other way is an error for a table that was never started
            thread.join(LogClients.REQUEST_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

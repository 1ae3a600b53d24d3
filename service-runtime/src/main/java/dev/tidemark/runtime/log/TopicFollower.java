package dev.tidemark.runtime.log;

import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Follows partitions of some topics from where somebody has read them to, in one long poll for all; which ones changes
 * while it runs. After a fault it goes on with a new consumer from where it was, and meanwhile readiness says so.
 */
public final class TopicFollower implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TopicFollower.class.getName());

    /** Nothing is asked between two records: it is woken for changes. */
    private static final Duration POLL = Duration.ofSeconds(30);

    private final LogSettings settings;
    private final EventReader events;
    private final String clientId;
    private final Scheduler scheduler;
    private final ReadingLoop loop;
    private final Map<TopicPartition, Followed> followed = new ConcurrentHashMap<>();

    /** The client remembers a wake that came too late and throws in its next call, so it is woken only out of a poll. */
    private final ReentrantLock lock = new ReentrantLock();

    private CompletableFuture<Boolean> changed = new CompletableFuture<>();
    private @Nullable Consumer<String, byte[]> polling;

    /** A partition with the offset that comes next, which only the following thread moves. */
    private static final class Followed {
        private final Topic topic;
        private final java.util.function.Consumer<LogRecord> sink;
        private volatile long next;

        Followed(Topic topic, long next, java.util.function.Consumer<LogRecord> sink) {
            this.topic = topic;
            this.next = next;
            this.sink = sink;
        }
    }

    public TopicFollower(LogClients clients, String clientId, Backoff backoff, Scheduler scheduler) {
        this(
                clients.settings(),
                clients.events(),
                clientId,
                () -> clients.follower(clientId),
                backoff,
                scheduler,
                clients.tableHealths());
    }

    /** @param consumers gives those that poll, a new one after each fault */
    TopicFollower(
            LogSettings settings,
            EventReader events,
            String clientId,
            Supplier<Consumer<String, byte[]>> consumers,
            Backoff backoff,
            Scheduler scheduler,
            TableHealths healths) {
        this.settings = settings;
        this.events = events;
        this.clientId = clientId;
        this.scheduler = scheduler;
        this.loop = new ReadingLoop(clientId, consumers, backoff, scheduler.clock(), healths);
    }

    public void start() {
        loop.announce();
        var unused = scheduler.start(clientId, this::run);
    }

    /**
     * Follows one partition number of topics.
     *
     * @param from the offset that comes first, by topic
     * @param sink called on the following thread, which it does not keep; what it throws costs that record only
     * @return ends it; a record that is being handed over may still come
     */
    public Runnable follow(int partition, Map<Topic, Long> from, java.util.function.Consumer<LogRecord> sink) {
        Map<TopicPartition, Followed> mine = new HashMap<>();
        from.forEach((topic, offset) ->
                mine.put(new TopicPartition(settings.name(topic), partition), new Followed(topic, offset, sink)));
        followed.putAll(mine);
        change();
        return () -> {
            mine.forEach((place, one) -> {
                var unused = followed.remove(place, one);
            });
            change();
        };
    }

    private void change() {
        lock.lock();
        try {
            changed.complete(true);
            if (polling != null) {
                polling.wakeup();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        loop.run(new ReadingLoop.Reading() {
            private Map<TopicPartition, Followed> assigned = Map.of();

            @Override
            public void begin(Consumer<String, byte[]> consumer) {
                assigned = Map.of();
            }

            @Override
            public void step(Consumer<String, byte[]> consumer) throws InterruptedException {
                assigned = assign(consumer, assigned);
                if (assigned.isEmpty()) {
                    awaitChange();
                } else {
                    poll(consumer, assigned);
                }
            }
        });
    }

    private Map<TopicPartition, Followed> assign(
            Consumer<String, byte[]> consumer, Map<TopicPartition, Followed> before) {
        lock.lock();
        try {
            if (changed.isDone()) {
                changed = new CompletableFuture<>();
            }
        } finally {
            lock.unlock();
        }
        Map<TopicPartition, Followed> now = Map.copyOf(followed);
        if (!now.equals(before)) {
            consumer.assign(now.keySet());
            now.forEach((place, one) -> consumer.seek(place, one.next));
        }
        return now;
    }

    private void awaitChange() throws InterruptedException {
        var unused = scheduler.await(changes(), POLL);
    }

    private CompletableFuture<Boolean> changes() {
        lock.lock();
        try {
            return changed;
        } finally {
            lock.unlock();
        }
    }

    private void poll(Consumer<String, byte[]> consumer, Map<TopicPartition, Followed> assigned) {
        Duration wait = begin(consumer);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try {
            consumer.poll(wait).forEach(records::add);
        } catch (WakeupException asked) {
            return;
        } finally {
            end();
        }
        for (ConsumerRecord<String, byte[]> record : records) {
            Followed one = assigned.get(new TopicPartition(record.topic(), record.partition()));
            if (one != null) {
                deliver(record, one);
                one.next = record.offset() + 1;
            }
        }
    }

    private Duration begin(Consumer<String, byte[]> consumer) {
        lock.lock();
        try {
            polling = consumer;
            return changed.isDone() ? Duration.ZERO : POLL;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            polling = null;
        } finally {
            lock.unlock();
        }
    }

    /** Who loads or consumes the topic has put aside what nobody can read. */
    private void deliver(ConsumerRecord<String, byte[]> record, Followed one) {
        try {
            ReceivedRecord.read(one.topic, settings.partitions(), record, events)
                    .ifPresent(one.sink);
        } catch (UndecodableException unreadable) {
            // nothing to hear of
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, clientId + ": a record of " + record.topic() + " at " + record.offset(), fault);
        }
    }

    @Override
    public void close() {
        loop.close();
        change();
    }
}

package dev.tidemark.runtime.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where partitions end, asked over a connection of its own. A broker answers one request of a connection after the
 * other: on the connection of a consumer whose fetch waits for records, the question would wait as long, 500 ms by
 * default. Made when it is first asked; may be asked by several threads, which share a question where they can.
 */
final class TopicEnds implements AutoCloseable {

    private final List<TopicPartition> partitions;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final ReentrantLock asking = new ReentrantLock();

    /** Grows with each question before it is sent: an answer with a higher number than what one saw is new enough. */
    private final AtomicLong questions = new AtomicLong();

    private volatile @Nullable Consumer<String, byte[]> consumer;
    private Answer newest = new Answer(0, Map.of());
    private boolean closed;

    private record Answer(long question, Map<TopicPartition, Long> ends) {}

    /** @param consumers gives one with a client id of its own */
    TopicEnds(List<TopicPartition> partitions, Supplier<Consumer<String, byte[]>> consumers) {
        this.partitions = partitions;
        this.consumers = consumers;
    }

    /**
     * The ends of all partitions as they were after this was called, as far as committed.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not say in time, or this is closed
     */
    Map<TopicPartition, Long> now(Duration limit) throws InterruptedException {
        long begin = System.nanoTime();
        long before = questions.get();
        if (!asking.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("others have asked for longer than " + limit);
        }
        try {
            if (newest.question() <= before) {
                newest = ask(limit.minusNanos(System.nanoTime() - begin));
            }
            return newest.ends();
        } catch (InterruptException e) {
            // the client has set the thread's flag, which the exception replaces
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } finally {
            asking.unlock();
        }
    }

    private Answer ask(Duration limit) {
        if (closed || limit.isNegative()) {
            throw new TimeoutException(closed ? "closed" : "no time is left to ask");
        }
        Consumer<String, byte[]> mine = consumer;
        if (mine == null) {
            mine = consumers.get();
            consumer = mine;
        }
        long question = questions.incrementAndGet();
        try {
            return new Answer(question, mine.endOffsets(partitions, limit));
        } catch (TimeoutException late) {
            throw late;
        } catch (RuntimeException fault) {
            // the next one asks with a new connection
            consumer = null;
            mine.close();
            throw fault;
        }
    }

    /** Ends also a question that is being asked. */
    @Override
    public void close() {
        Consumer<String, byte[]> waking = consumer;
        if (waking != null) {
            waking.wakeup();
        }
        asking.lock();
        try {
            closed = true;
            Consumer<String, byte[]> mine = consumer;
            if (mine != null) {
                mine.close();
            }
        } finally {
            asking.unlock();
        }
    }
}

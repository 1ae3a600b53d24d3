package dev.tidemark.runtime.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer whose owner polls for one fixed time, as Streams does, and that asks somebody else how long to wait. */
final class PacedConsumer extends KafkaConsumer<byte[], byte[]> {

    /** What its owner says to the group is on its way at once; longer it would wait for a fetch that waits for records. */
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(200);

    private final PollWait wait;

    /** The client remembers a wake that came too late and throws in its next call, so it is woken only out of a poll. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean polling;

    PacedConsumer(Map<String, Object> config, PollWait wait) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.wait = wait;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Duration longest = wait.within(timeout, !paused().isEmpty());
        polling(true);
        try {
            return super.poll(longest);
        } catch (WakeupException asked) {
            return ConsumerRecords.empty();
        } finally {
            polling(false);
        }
    }

    private void polling(boolean is) {
        lock.lock();
        try {
            polling = is;
        } finally {
            lock.unlock();
        }
    }

    /** A poll that waits returns, without records. */
    void endPoll() {
        lock.lock();
        try {
            if (polling) {
                wakeup();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close(CloseOptions options) {
        super.close(options.withTimeout(options.timeout()
                .filter(given -> given.compareTo(CLOSE_LIMIT) < 0)
                .orElse(CLOSE_LIMIT)));
    }
}

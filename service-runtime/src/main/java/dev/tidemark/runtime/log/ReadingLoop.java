package dev.tidemark.runtime.log;

import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.time.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads for as long as the process lives: whatever goes wrong, it goes on with a new consumer after a pause, and meanwhile
 * {@link #health} says so, where readiness finds it.
 */
final class ReadingLoop {

    private static final System.Logger LOG = System.getLogger(ReadingLoop.class.getName());

    private final String clientId;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Backoff backoff;
    private final Clock clock;
    private final TableHealths healths;
    private volatile Supplier<TableHealth> reader = this::health;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile TableHealth health = new TableHealth.Following();

    /** What is done with a consumer; each poll ends when the loop is closed. */
    interface Reading {

        /** A new consumer is to go on where the one before it was. */
        void begin(Consumer<String, byte[]> consumer);

        /** Polls once. */
        void step(Consumer<String, byte[]> consumer) throws InterruptedException;
    }

    /** @param consumers gives those that poll, a new one after each fault */
    ReadingLoop(
            String clientId,
            Supplier<Consumer<String, byte[]>> consumers,
            Backoff backoff,
            Clock clock,
            TableHealths healths) {
        this.clientId = clientId;
        this.consumers = consumers;
        this.backoff = backoff;
        this.clock = clock;
        this.healths = healths;
    }

    /** From now on readiness asks how it goes. */
    void announce() {
        healths.add(clientId, reader);
    }

    /** @param whole what readiness is told, which is more than whether it reads */
    void announce(Supplier<TableHealth> whole) {
        reader = whole;
        announce();
    }

    TableHealth health() {
        return health;
    }

    boolean isFollowing() {
        return health instanceof TableHealth.Following;
    }

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** On the thread that reads. After a fault it must go well for as long as was waited to count as well again. */
    void run(Reading reading) {
        int failures = 0;
        Duration wait = Duration.ZERO;
        while (!isClosing()) {
            Instant trusted = clock.instant().plus(wait);
            try (Consumer<String, byte[]> mine = consumers.get()) {
                reading.begin(mine);
                while (!isClosing()) {
                    reading.step(mine);
                    if (failures > 0 && !clock.instant().isBefore(trusted)) {
                        failures = 0;
                        health = new TableHealth.Following();
                    }
                }
            } catch (WakeupException closed) {
                // the loop looks
            } catch (Throwable fault) {
                failing(fault);
                Faults.rethrowFatal(fault);
                wait = backoff.after(++failures);
                pause(wait, fault);
            }
        }
    }

    private void failing(Throwable fault) {
        String cause = String.valueOf(fault.getMessage());
        health = switch (health) {
            case TableHealth.Following now -> new TableHealth.Failing(cause, clock.instant());
            case TableHealth.Failing(String before, var since) -> new TableHealth.Failing(cause, since);
        };
    }

    private void pause(Duration wait, Throwable fault) {
        // the client sets the flag of a thread that was interrupted: the wait would end at once, for ever
        var unusedFlag = Thread.interrupted();
        LOG.log(System.Logger.Level.WARNING, clientId + ": reading failed; again in " + wait, fault);
        try {
            var unused = closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException again) {
            // only closing ends it
        }
    }

    /** Ends the loop with the poll that is under way, which the caller ends. */
    void close() {
        closing.countDown();
        healths.remove(clientId, reader);
    }
}

package dev.tidemark.watcher.oci;

import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.Answer;
import dev.tidemark.watcher.domain.budget.Permit;
import dev.tidemark.watcher.domain.budget.RequestBudget;
import dev.tidemark.watcher.domain.budget.RequestStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The budget of one host and credential, for many threads: whoever asks is told when the time has come. */
final class HostRequests {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final RequestBudget budget;
    private final Lock lock;
    private final Scheduler scheduler;
    private final LongSupplier nanoTime;
    private final String host;
    private final RequestListener listener;
    private Scheduler.@Nullable Timer timer;

    /** @param lock of the host, which other credentials share */
    HostRequests(
            RequestBudget budget,
            Lock lock,
            Scheduler scheduler,
            LongSupplier nanoTime,
            String host,
            RequestListener listener) {
        this.budget = budget;
        this.lock = lock;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.host = host;
        this.listener = listener;
    }

    /** The requests of one list, or about one tag. Nothing goes before a place was asked for. */
    Stream stream(RequestStream.Kind kind, Urgency urgency, String repository) {
        return new Stream(new RequestStream(kind, urgency, repository));
    }

    boolean isIdle() {
        lock.lock();
        try {
            return budget.isIdle(nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    private void change(LongConsumer change) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            change.accept(now);
            budget.decide(now);
            OptionalLong wait = budget.untilNext(now);
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
            if (wait.isPresent()) {
                Duration whole = Duration.ofMillis((wait.getAsLong() + MILLI - 1) / MILLI);
                timer = scheduler.after(whole, () -> change(again -> {}));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Requests that go one after the other. */
    final class Stream implements AutoCloseable {
        private final RequestStream stream;

        private Stream(RequestStream stream) {
            this.stream = stream;
        }

        /** Asks for a place the first time, then for a request. */
        CompletableFuture<Permit> ask() {
            CompletableFuture<Permit> told = new CompletableFuture<>();
            long asked = nanoTime.getAsLong();
            change(now -> budget.ask(stream, told::complete, now));
            return told.whenComplete(
                    (permit, never) -> listener.waited(host, Duration.ofNanos(nanoTime.getAsLong() - asked)));
        }

        void answered(Answer answer) {
            change(now -> budget.answered(stream, answer, now));
            listener.answered(host, answer);
        }

        @Override
        public void close() {
            change(now -> budget.close(stream));
        }
    }
}

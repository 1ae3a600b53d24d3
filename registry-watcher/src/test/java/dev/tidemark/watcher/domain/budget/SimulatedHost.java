package dev.tidemark.watcher.domain.budget;

import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.RequestStream.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A registry and whoever asks it, in a time of their own: so many requests are worked at once, each takes its time, the
 * others queue; and it may refuse what is more than so many a second.
 */
final class SimulatedHost {

    static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** What it is like. */
    record Nature(
            int workers,
            Duration each,
            double limit,
            int burst,
            @Nullable Duration retryAfter) {
        static Nature quick(int workers, Duration each) {
            return new Nature(workers, each, 1e9, 1_000_000_000, null);
        }
    }

    private record Due(long at, int order, Runnable action) {}

    /** One request that went. */
    record Sent(long at, String repository) {}

    final List<Sent> sent = new ArrayList<>();
    final List<Duration> latencies = new ArrayList<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingInt(Due::order));
    private final Deque<Long> workers = new ArrayDeque<>();
    private final RequestBudget budget;
    private final Nature nature;
    private final Random random;
    private final long began;
    private long now;
    private int order;
    private long wakeAt = -1;
    private double tokens;
    private long filledAt;
    int underWay;
    int mostUnderWay;
    int refused;

    /** @param random also chooses when the clock begins, for overflow's sake */
    SimulatedHost(Nature nature, Ceiling ceiling, Random random) {
        this.nature = nature;
        this.random = random;
        this.now = random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(1_000_000_000) : random.nextLong();
        this.began = now;
        this.filledAt = now;
        this.tokens = nature.burst();
        this.budget = new RequestBudget(ceiling, null, now);
        for (int i = 0; i < nature.workers(); i++) {
            workers.addLast(now);
        }
    }

    /** One list or tag, and how it went. */
    final class Asked {
        private final Kind kind;
        private final Urgency urgency;
        private final String repository;
        private final long since;
        private int left;
        private RequestStream stream;

        @Nullable
        Duration took;

        private Asked(Kind kind, Urgency urgency, String repository, int requests) {
            this.kind = kind;
            this.urgency = urgency;
            this.repository = repository;
            this.left = requests;
            this.since = now;
            this.stream = new RequestStream(kind, urgency, repository);
        }

        private void begin() {
            stream = new RequestStream(kind, urgency, repository);
            budget.ask(stream, this::placed, now);
        }

        private void placed(Permit permit) {
            switch (permit) {
                case Permit.Go go -> budget.ask(stream, this::go, now);
                case Permit.Refused(Duration pause, boolean host) -> later(pause);
            }
        }

        private void go(Permit permit) {
            switch (permit) {
                case Permit.Go go -> send();
                case Permit.Refused(Duration pause, boolean host) -> later(pause);
            }
        }

        private void send() {
            sent.add(new Sent(now - began, repository));
            underWay++;
            mostUnderWay = Math.max(mostUnderWay, underWay);
            tokens = Math.min(nature.burst(), tokens + (now - filledAt) / 1e9 * nature.limit());
            filledAt = now;
            if (tokens < 1) {
                refused++;
                after(nature.each().toNanos() / 2, () -> {
                    underWay--;
                    budget.answered(stream, new Answer.Limited(nature.retryAfter()), now);
                    later(nature.retryAfter() == null ? Duration.ofSeconds(1) : nature.retryAfter());
                });
                return;
            }
            tokens--;
            long sentAt = now;
            long free = workers.removeFirst();
            long end = (free - now > 0 ? free : now)
                    + (long) (nature.each().toNanos() * (0.8 + 0.4 * random.nextDouble()));
            workers.addLast(end);
            after(end - now, () -> {
                underWay--;
                Duration latency = Duration.ofNanos(now - sentAt);
                latencies.add(latency);
                budget.answered(stream, new Answer.Served(latency, null), now);
                if (--left == 0) {
                    budget.close(stream);
                    took = Duration.ofNanos(now - since);
                } else {
                    budget.ask(stream, this::go, now);
                }
            });
        }

        private void later(Duration pause) {
            budget.close(stream);
            after(pause.toNanos() + random.nextInt(1_000_000), this::begin);
        }
    }

    private void after(long delay, Runnable action) {
        due.add(new Due(now - began + delay, order++, action));
    }

    /** Asks now, and again after each refusal. */
    Asked ask(Kind kind, Urgency urgency, String repository, int requests) {
        Asked asked = new Asked(kind, urgency, repository, requests);
        asked.begin();
        decide();
        return asked;
    }

    void at(Duration time, Runnable action) {
        due.add(new Due(time.toNanos(), order++, action));
    }

    private void decide() {
        budget.decide(now);
        budget.untilNext(now).ifPresent(wait -> {
            long at = now - began + wait;
            if (wakeAt <= now - began || at < wakeAt) {
                wakeAt = at;
                due.add(new Due(at, order++, () -> {}));
            }
        });
    }

    void run(Duration until) {
        while (!due.isEmpty() && due.element().at() <= until.toNanos()) {
            Due next = due.remove();
            now = began + next.at();
            next.action().run();
            decide();
        }
        now = began + until.toNanos();
    }

    int window() {
        return budget.window();
    }

    double perSecond() {
        return budget.perSecond(now);
    }

    long sentBetween(double from, double to) {
        return sent.stream()
                .filter(one -> one.at() >= from * SECOND && one.at() < to * SECOND)
                .count();
    }
}

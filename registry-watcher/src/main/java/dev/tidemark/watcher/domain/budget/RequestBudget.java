package dev.tidemark.watcher.domain.budget;

import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.RequestStream.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one host is asked with one credential, and when (ADR 34): a stream of requests waits for a place in the window,
 * which it keeps until it ends, and each of its requests for the pace. What somebody waits for goes first, a tag before
 * lists, and nothing waits for ever: who came a minute earlier goes before all. Times are those of a clock that never
 * steps back, {@code System::nanoTime}. Not for several threads at once.
 */
public final class RequestBudget {

    /** Whoever was allowed to go is done with it after this: longer than a request may take on its way. */
    private static final long QUIET = Duration.ofMinutes(10).toNanos();

    private final Window window;
    private final Pace pace;
    private final @Nullable Pace hosts;
    private final Places places = new Places();
    private final ToldLimits told = new ToldLimits();
    private final Refusals refusals = new Refusals();
    private final List<Queue> queues = new ArrayList<>();
    private long usedAt;

    private record Question(RequestStream stream, long since, Consumer<Permit> told) {}

    /**
     * Questions that only their age tells apart.
     *
     * @param place whether they are for a place or, by those who have one, for a request
     */
    private record Queue(Kind kind, Urgency urgency, boolean place, ArrayDeque<Question> waiting) {

        /** A tag that somebody waits for goes before lists that are half a minute older, and routine waits a minute. */
        private static final long AFTER_TAGS = Duration.ofSeconds(30).toNanos();

        private static final long ROUTINE = Duration.ofMinutes(1).toNanos();

        /** Those that were given up are gone. */
        @Nullable
        Question first() {
            while (!waiting.isEmpty() && waiting.getFirst().stream().isClosed()) {
                waiting.removeFirst();
            }
            return waiting.peekFirst();
        }

        /** Whose turn comes first. */
        long rank(Question question) {
            long behind = urgency == Urgency.ROUTINE ? ROUTINE : kind == Kind.LISTING ? AFTER_TAGS : 0;
            return question.since() + behind;
        }
    }

    /** @param hosts what the host gets from all credentials together, null for no such limit */
    public RequestBudget(Ceiling ceiling, @Nullable Pace hosts, long now) {
        this.window = new Window(ceiling.atOnce());
        this.pace = new Pace(ceiling.perSecond(), now);
        this.hosts = hosts;
        this.usedAt = now;
        for (boolean place : new boolean[] {false, true}) {
            for (Urgency urgency : Urgency.values()) {
                for (Kind kind : Kind.values()) {
                    queues.add(new Queue(kind, urgency, place, new ArrayDeque<>()));
                }
            }
        }
    }

    /**
     * Asks for a place, or with one for a request.
     *
     * @param told is called by {@link #decide}, unless the stream is closed before
     */
    public void ask(RequestStream stream, Consumer<Permit> told, long now) {
        Question question = new Question(stream, now, told);
        queues.stream()
                .filter(queue -> queue.kind() == stream.kind()
                        && queue.urgency() == stream.urgency()
                        && queue.place() != stream.isOpen())
                .forEach(queue -> queue.waiting().addLast(question));
        usedAt = now;
    }

    /** Answers all questions that have an answer now. */
    public void decide(long now) {
        for (Optional<Queue> next = next(now); next.isPresent(); next = next(now)) {
            Question question = next.get().waiting().removeFirst();
            question.told().accept(answer(next.get(), question.stream(), now));
        }
    }

    private Permit answer(Queue queue, RequestStream stream, long now) {
        Optional<Permit.Refused> refused = refusals.of(stream.repository(), now);
        if (refused.isPresent()) {
            return refused.get();
        }
        usedAt = now;
        if (queue.place()) {
            stream.opened();
            places.took(stream);
        } else {
            stream.sent(now);
            pace.take(now);
            if (hosts != null) {
                hosts.take(now);
            }
            told.sent(stream.kind(), stream.urgency(), now);
        }
        return new Permit.Go();
    }

    private Optional<Queue> next(long now) {
        Queue best = null;
        long rank = 0;
        for (Queue queue : queues) {
            Question first = queue.first();
            if (first != null && isAnswered(queue, first, now) && (best == null || queue.rank(first) - rank < 0)) {
                best = queue;
                rank = queue.rank(first);
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean isAnswered(Queue queue, Question first, long now) {
        return refusals.of(first.stream().repository(), now).isPresent()
                || (queue.place()
                        ? places.isFree(queue.kind(), queue.urgency(), window.limit())
                        : wait(queue, now) == 0);
    }

    private long wait(Queue queue, long now) {
        long own = Math.max(pace.waitFor(now), told.waitFor(queue.kind(), queue.urgency(), now));
        return hosts == null ? own : Math.max(own, hosts.waitFor(now));
    }

    /** Nanoseconds until time alone answers a question; empty when none waits for that. */
    public OptionalLong untilNext(long now) {
        return queues.stream()
                .filter(queue -> !queue.place() && queue.first() != null)
                .mapToLong(queue -> wait(queue, now))
                .min();
    }

    /** How the host took the newest request of a stream. */
    public void answered(RequestStream stream, Answer answer, long now) {
        switch (answer) {
            case Answer.Served(Duration latency, @Nullable ToldLimit limit) -> {
                window.answered(stream.kind(), latency, places.taken(), stream.sentAt(), now);
                if (limit != null) {
                    told.told(stream.kind(), limit, now);
                }
            }
            case Answer.Failed(@Nullable Duration retryAfter) -> {
                window.failed(places.taken(), stream.sentAt(), now);
                obey(stream, retryAfter, now);
            }
            case Answer.Limited(@Nullable Duration retryAfter) -> {
                pace.refused(stream.sentAt(), now);
                obey(stream, retryAfter, now);
            }
        }
    }

    private void obey(RequestStream stream, @Nullable Duration retryAfter, long now) {
        if (retryAfter != null) {
            refusals.refused(stream.repository(), retryAfter, now);
        }
    }

    /** It has ended, or is given up: its place is free. */
    public void close(RequestStream stream) {
        if (stream.isOpen()) {
            places.gaveBack(stream);
        }
        stream.closed();
    }

    /** Requests that may be under way now. */
    public int window() {
        return window.limit();
    }

    /** Requests a second that may go now. */
    public double perSecond(long now) {
        return pace.perSecond(now);
    }

    /** Whether nobody has asked for a while and the host has asked for nothing: one that is made anew says the same. */
    public boolean isIdle(long now) {
        return now - usedAt > QUIET
                && places.taken() == 0
                && queues.stream().allMatch(queue -> queue.first() == null)
                && refusals.isEmpty(now);
    }
}

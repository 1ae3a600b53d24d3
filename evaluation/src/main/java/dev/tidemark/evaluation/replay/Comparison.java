package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.replay.Replay.Difference;
import dev.tidemark.events.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two series of events, target by target, compared while they come: what has found its like is not held. What happened
 * before the time that was asked about need not have a like: the replay finds its way into the history until then.
 */
final class Comparison<E extends Event> {

    /**
     * Neither series is so far ahead of the other: what is not found among so many is missing. More than the selections
     * that one record leads to.
     */
    static final int MAX_AHEAD = 1_000;

    /** Of what need not be found a few are kept. */
    static final int MAX_OPTIONAL = 8;

    /**
     * Where the time begins that was asked about clocks differ a little, and where it ends the evaluator may not have come
     * to what had just been recorded.
     */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Instant since;
    private final Instant until;
    private final Kind<E> kind;
    private final Map<String, Pair<E>> open = new HashMap<>();
    private final Map<String, Difference> differences = new TreeMap<>();

    /**
     * Of these something was recorded that this version cannot read: what follows from it differs, until
     * both agree again on what has a line behind that.
     */
    private final Map<String, Long> unsure = new HashMap<>();

    private long compared;
    private long setAside;

    /**
     * How to read the events of a series.
     *
     * @param alike in all that somebody acts on or reads; the clock and the version may differ
     */
    record Kind<E extends Event>(Function<E, String> target, Function<E, Instant> at, BiPredicate<E, E> alike) {}

    /** @param line of the range; 0 for what was replayed */
    private record Held<E>(E event, long line, boolean counts) {}

    private record Pair<E>(Deque<Held<E>> recorded, Deque<Held<E>> replayed) {
        Pair() {
            this(new ArrayDeque<>(2), new ArrayDeque<>(2));
        }
    }

    Comparison(Instant since, Instant until, Kind<E> kind) {
        this.since = since;
        this.until = until;
        this.kind = kind;
    }

    void recorded(E event, long line) {
        boolean counts = counts(event);
        compared += counts ? 1 : 0;
        add(event, pair -> pair.recorded().add(new Held<>(event, line, counts)));
    }

    void replayed(E event) {
        add(event, pair -> pair.replayed().add(new Held<>(event, 0, counts(event))));
    }

    /** What was recorded next of a target cannot be read, and what was replayed cannot be known to stand against it. */
    void unread(String target) {
        if (!differences.containsKey(target)) {
            Pair<E> pair = open.get(target);
            Held<E> last = pair == null ? null : pair.recorded().peekLast();
            unsure.put(target, last == null ? 0 : last.line());
        }
    }

    /** Whether something that was recorded of the same target has not found its like yet. */
    boolean awaits(E event) {
        String target = kind.target().apply(event);
        Pair<E> pair = open.get(target);
        return pair == null
                ? unsure.containsKey(target)
                : !pair.recorded().isEmpty()
                        || (unsure.containsKey(target) && pair.replayed().isEmpty());
    }

    /** How many that were recorded since then. */
    long compared() {
        return compared - setAside;
    }

    /** How many of them stand behind one that could not be read, and before both agreed again. */
    long setAside() {
        return setAside;
    }

    /** All of both series came: what is left has no like. */
    List<Difference> end() {
        open.forEach((target, pair) -> {
            if (unsure.containsKey(target)) {
                pair.recorded().forEach(this::setAside);
                return;
            }
            Held<E> before = firstThatCounts(pair.recorded());
            Held<E> after = firstThatCounts(pair.replayed());
            if (after != null && kind.at().apply(after.event()).isAfter(until.minus(GRACE))) {
                after = null;
            }
            if (before != null || after != null) {
                differ(target, before, after);
            }
        });
        open.clear();
        return new ArrayList<>(differences.values());
    }

    private boolean counts(E event) {
        return !kind.at().apply(event).isBefore(since);
    }

    private void add(E event, Consumer<Pair<E>> addition) {
        String target = kind.target().apply(event);
        if (differences.containsKey(target)) {
            return; // what follows differs because of the first
        }
        if (kind.at().apply(event).isBefore(since.minus(GRACE))) {
            return; // nobody asked about that
        }
        Pair<E> pair = open.computeIfAbsent(target, one -> new Pair<>());
        addition.accept(pair);
        if (unsure.containsKey(target) && !agree(target, pair)) {
            return;
        }
        if (!match(target, pair)
                || isTooFar(target, pair)
                || (pair.recorded().isEmpty() && pair.replayed().isEmpty())) {
            open.remove(target);
        }
    }

    /** @return whether the two agree again: with those that do both begin anew */
    private boolean agree(String target, Pair<E> pair) {
        long behind = unsure.getOrDefault(target, 0L);
        for (Held<E> before : pair.recorded()) {
            for (Held<E> after : pair.replayed()) {
                if (isNear(before, after) && kind.alike().test(before.event(), after.event())) {
                    while (!before.equals(pair.recorded().element())) {
                        setAside(pair.recorded().remove());
                    }
                    while (!after.equals(pair.replayed().element())) {
                        pair.replayed().remove();
                    }
                    if (before.line() > behind) {
                        unsure.remove(target);
                        return true;
                    }
                    pair.recorded().remove();
                    pair.replayed().remove();
                    return false;
                }
            }
        }
        while (pair.recorded().size() > MAX_OPTIONAL) {
            setAside(pair.recorded().remove());
        }
        while (pair.replayed().size() > MAX_OPTIONAL) {
            pair.replayed().remove();
        }
        return false;
    }

    private void setAside(Held<E> recorded) {
        setAside += recorded.counts() ? 1 : 0;
    }

    /** @return whether all so far is alike */
    private boolean match(String target, Pair<E> pair) {
        Held<E> before = pair.recorded().peek();
        Held<E> after = pair.replayed().peek();
        while (before != null && after != null) {
            if (isLike(before, after)) {
                pair.recorded().remove();
                pair.replayed().remove();
            } else if (!before.counts()) {
                pair.recorded().remove();
            } else if (!after.counts()) {
                pair.replayed().remove();
            } else {
                differ(target, before, after);
                return false;
            }
            before = pair.recorded().peek();
            after = pair.replayed().peek();
        }
        return true;
    }

    /** The same may be said once more an hour later: one that need not have a like takes no other's. */
    private boolean isLike(Held<E> before, Held<E> after) {
        return kind.alike().test(before.event(), after.event())
                && (before.counts() == after.counts() || isNear(before, after));
    }

    private boolean isNear(Held<E> before, Held<E> after) {
        Duration apart =
                Duration.between(kind.at().apply(before.event()), kind.at().apply(after.event()));
        return apart.abs().compareTo(GRACE) <= 0;
    }

    private boolean isTooFar(String target, Pair<E> pair) {
        for (Deque<Held<E>> series : List.of(pair.recorded(), pair.replayed())) {
            Held<E> first = series.peek();
            if (first != null && !first.counts() && series.size() > MAX_OPTIONAL) {
                series.remove();
            } else if (first != null && series.size() > MAX_AHEAD) {
                differ(target, pair.recorded().peek(), pair.replayed().peek());
                return true;
            }
        }
        return false;
    }

    private @Nullable Held<E> firstThatCounts(Deque<Held<E>> series) {
        return series.stream().filter(Held::counts).findFirst().orElse(null);
    }

    private void differ(String target, @Nullable Held<E> before, @Nullable Held<E> after) {
        differences.put(
                target,
                new Difference(
                        target,
                        before == null ? 0 : before.line(),
                        before == null ? null : before.event(),
                        after == null ? null : after.event()));
    }
}

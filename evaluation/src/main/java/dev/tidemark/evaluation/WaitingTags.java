package dev.tidemark.evaluation;

import dev.tidemark.policies.select.Candidate;
import dev.tidemark.policies.select.TagPolicy;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The tags that a gate holds back until a time, best first. Hundreds may be too young at once: until then only those are
 * asked about that a decision names.
 */
final class WaitingTags {

    /** @param number of its coming: among those of equal rank the first stays the first */
    private record Waiting(Candidate candidate, Instant until, long number) {}

    private static final Comparator<Waiting> BY_TIME =
            Comparator.comparing(Waiting::until).thenComparingLong(Waiting::number);

    private final TagPolicy policy;
    private final Map<String, Waiting> byTag = new HashMap<>();
    private final TreeSet<Waiting> byRank;
    private final TreeSet<Waiting> byTime = new TreeSet<>(BY_TIME);
    private long coming;

    WaitingTags(TagPolicy policy) {
        this.policy = policy;
        this.byRank = new TreeSet<>(((Comparator<Waiting>) (a, b) -> compare(b.candidate(), a.candidate()))
                .thenComparingLong(Waiting::number));
    }

    /** A tag waits until a time; it keeps its place where it waits already. */
    void add(String tag, Instant until) {
        Waiting before = byTag.get(tag);
        if (before != null && before.until().equals(until)) {
            return;
        }
        boolean unused = remove(tag);
        Candidate candidate = policy.candidate(tag).orElseGet(() -> new Candidate(tag, tag));
        Waiting waiting = new Waiting(candidate, until, before == null ? coming++ : before.number());
        byTag.put(tag, waiting);
        byRank.add(waiting);
        byTime.add(waiting);
    }

    /** @return whether it waited */
    boolean remove(String tag) {
        Waiting gone = byTag.remove(tag);
        if (gone != null) {
            byRank.remove(gone);
            byTime.remove(gone);
        }
        return gone != null;
    }

    void clear() {
        byTag.clear();
        byRank.clear();
        byTime.clear();
    }

    /** The best of those that wait, best first. */
    List<String> bestFirst(int count) {
        return tags(byRank.stream().limit(count)).toList();
    }

    /** Those whose time has come. */
    List<String> due(Instant now) {
        return tags(byTime.stream().takeWhile(one -> !one.until().isAfter(now))).toList();
    }

    /** When the next one's time comes. */
    Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().until());
    }

    /** Nobody waits for what would not be chosen over the selection. */
    void keepAbove(Candidate selected) {
        while (!byRank.isEmpty() && compare(byRank.last().candidate(), selected) <= 0) {
            boolean unused = remove(byRank.last().candidate().tag());
        }
    }

    private int compare(Candidate first, Candidate second) {
        return policy.compare(first, second).orElse(0);
    }

    private static Stream<String> tags(Stream<Waiting> some) {
        return some.map(one -> one.candidate().tag());
    }
}

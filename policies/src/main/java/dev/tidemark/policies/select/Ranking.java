package dev.tidemark.policies.select;

import dev.tidemark.policies.Utf8Order;
import java.util.Optional;

/**
 * How one kind of policy reads and compares values.
 *
 * <p>{@link #prefer} is a total order over candidates, so a selection is a plain maximum and does not
 * depend on the order in which tags arrive. Its ties are Flux's where Flux has a rule: values that rank
 * alike by {@link #preferAmongEqual}, tags with the same value by the smallest bytes (spec
 * flux-git-based 10.4; where Flux leaves it to chance this is the rule in its place, quirk Q6).
 *
 * @param <K> what a value is read into
 */
sealed interface Ranking<K> permits SemverRanking, AlphabeticalRanking, NumericalRanking {

    Reading<K> read(String value);

    /** The key of a value whether or not the policy wants it, for comparing what was once selected. */
    Optional<K> key(String value);

    /** Above zero when the policy prefers the first. */
    int compare(K first, K second);

    /** Above zero when the first is taken although both rank alike. */
    int preferAmongEqual(String firstValue, String secondValue);

    /** A key that compares with nothing, which makes the selection depend on the whole list. */
    default boolean isUnordered(K key) {
        return false;
    }

    default int prefer(Ranked<K> first, Ranked<K> second) {
        int order = compare(first.key(), second.key());
        if (order == 0) {
            order = preferAmongEqual(
                    first.candidate().value(), second.candidate().value());
        }
        return order == 0
                ? Utf8Order.DESCENDING.compare(
                        first.candidate().tag(), second.candidate().tag())
                : order;
    }

    /** A candidate with its value read. */
    record Ranked<K>(Candidate candidate, K key) {}

    sealed interface Reading<K> {
        record Fits<K>(K key) implements Reading<K> {}

        record Unfit<K>(Verdict verdict) implements Reading<K> {}
    }
}

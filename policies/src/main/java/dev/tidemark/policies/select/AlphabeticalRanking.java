package dev.tidemark.policies.select;

import dev.tidemark.policies.Utf8Order;
import java.util.Optional;

/** The greatest value by bytes, or the smallest with {@code desc} (spec flux-git-based 10.2). */
record AlphabeticalRanking(SortOrder order) implements Ranking<String> {

    @Override
    public Reading<String> read(String value) {
        return new Reading.Fits<>(value);
    }

    @Override
    public Optional<String> key(String value) {
        return Optional.of(value);
    }

    @Override
    public int compare(String first, String second) {
        int ascending = Utf8Order.ASCENDING.compare(first, second);
        return order == SortOrder.ASC ? ascending : -ascending;
    }

    @Override
    public int preferAmongEqual(String firstValue, String secondValue) {
        return 0;
    }
}

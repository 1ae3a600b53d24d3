package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.Table;
import dev.tidemark.events.NewestEpoch;
import org.jspecify.annotations.Nullable;

/** Whose word about tags counts in the partition; survives restarts in its table, which has one entry. */
final class Owners {

    private static final String NEWEST = "newest";

    private final Table<Long> table;
    private final NewestEpoch epochs;

    Owners(Table<Long> table) {
        this.table = table;
        @Nullable Long known = table.get(NEWEST);
        this.epochs = known == null ? new NewestEpoch() : new NewestEpoch(known);
    }

    void claimed(long offset) {
        epochs.claimed(offset);
        table.put(NEWEST, offset);
    }

    boolean admits(long epoch, long offset) {
        long before = epochs.value();
        boolean admitted = epochs.admits(epoch, offset);
        if (epochs.value() != before) {
            table.put(NEWEST, epochs.value());
        }
        return admitted;
    }

    long newest() {
        return epochs.value();
    }
}

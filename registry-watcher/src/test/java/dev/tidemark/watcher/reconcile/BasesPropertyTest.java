package dev.tidemark.watcher.reconcile;

import org.junit.jupiter.api.Test;

/**
 * Bases and news are the set that a model has: whatever owners find, fold, break off or write late, and wherever compaction
 * has come to.
 */
class BasesPropertyTest {

    private static final int SEEDS = Integer.getInteger("tidemark.bases.seeds", 60);
    private static final int FIRST = Integer.getInteger("tidemark.bases.first", 0);

    @Test
    void basesAndNewsAreWhatWasFound() {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            new BasesLife(seed).live();
        }
    }
}

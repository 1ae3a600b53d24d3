package dev.tidemark.benchmarks.bench.cases;

/** How much is measured: everything, or so much that one sees that it works. */
public enum Scale {
    WHOLE,
    QUICK;

    /** A number of either scale. */
    public int of(int whole, int quick) {
        return this == WHOLE ? whole : quick;
    }
}

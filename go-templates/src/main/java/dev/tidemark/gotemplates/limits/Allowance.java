package dev.tidemark.gotemplates.limits;

/**
 * The steps that several executions may take together, beside the bound that each has for itself: all that one resource
 * renders, say. For one thread.
 */
public final class Allowance {
    private final long steps;
    private long left;

    /** @param steps as in {@link Bounds#steps} */
    public Allowance(long steps) {
        this.steps = steps;
        this.left = steps;
    }

    /** How many there were at first. */
    public long steps() {
        return steps;
    }

    /** Takes some. False when they are used up. */
    public boolean take(long count) {
        left -= count;
        return left >= 0;
    }
}

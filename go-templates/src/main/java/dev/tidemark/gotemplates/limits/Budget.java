package dev.tidemark.gotemplates.limits;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What one execution has left. Not thread-safe: each execution has its own. */
public final class Budget {
    /** Handling a character costs a sixteenth of evaluating a node. */
    private static final int CHARACTERS_PER_STEP = 16;

    private final Bounds bounds;
    private final @Nullable Allowance together;
    private long steps;
    private long output;
    private int depth;
    private int heavyCalls;

    public Budget(Bounds bounds) {
        this(bounds, null);
    }

    /** @param together what it has in common with other executions */
    public Budget(Bounds bounds, @Nullable Allowance together) {
        this.bounds = bounds;
        this.together = together;
        this.steps = bounds.steps();
        this.heavyCalls = bounds.heavyCalls();
    }

    public Bounds bounds() {
        return bounds;
    }

    public void step() {
        steps(1);
    }

    public void steps(long count) {
        steps -= count;
        if (steps < 0) {
            throw new OverBound("more than " + bounds.steps() + " steps (bound: steps)");
        }
        if (together != null && !together.take(count)) {
            throw new OverBound("more than " + together.steps() + " steps in all executions together (bound: steps)");
        }
    }

    /** A text of this length is about to be made or read by a function. */
    public void text(long length) {
        text(length, length);
    }

    /** A text grows to this length, by {@code handled} characters. */
    public void text(long length, long handled) {
        if (length > bounds.textLength()) {
            throw new OverBound("a text of more than " + bounds.textLength() + " characters (bound: textLength)");
        }
        steps(handled / CHARACTERS_PER_STEP);
    }

    /** A list of this length is about to be made. */
    public void list(long length) {
        list(length, length);
    }

    /** A list grows to this length, by {@code added} elements. */
    public void list(long length, long added) {
        if (length > bounds.listLength()) {
            throw new OverBound("a list of more than " + bounds.listLength() + " elements (bound: listLength)");
        }
        steps(added);
    }

    public void output(long length) {
        output += length;
        if (output > bounds.outputLength()) {
            throw new OverBound("more than " + bounds.outputLength() + " characters of output (bound: outputLength)");
        }
    }

    /**
     * A function is about to compute for long.
     *
     * @param weight in steps: a key takes as long as a million nodes
     */
    public void heavyCall(long weight) {
        if (--heavyCalls < 0) {
            throw new OverBound("more than " + bounds.heavyCalls()
                    + " calls of functions for keys, certificates and passwords (bound: heavyCalls)");
        }
        steps(weight);
        // whoever else runs on this processor goes first: a virtual thread is never interrupted by others
        LockSupport.parkNanos(1);
    }

    /** Goes one evaluation deeper; {@link #leave} comes back. */
    public void enter() {
        steps(1);
        depth++;
        nested(0);
    }

    /** Values are this much deeper in each other than the evaluation. */
    public void nested(int deeper) {
        if (depth + deeper > bounds.depth()) {
            throw new OverBound("more than " + bounds.depth() + " evaluations inside each other (bound: depth)");
        }
    }

    public void leave() {
        depth--;
    }
}

package dev.tidemark.gotemplates.limits;

import dev.tidemark.gotemplates.Bounds;

/** What one execution has left. Not thread-safe: each execution has its own. */
public final class Budget {
    /** Handling a character costs a sixteenth of evaluating a node. */
    private static final int CHARACTERS_PER_STEP = 16;

    private final Bounds bounds;
    private long steps;
    private long output;
    private int depth;
    private int heavyCalls;

    public Budget(Bounds bounds) {
        this.bounds = bounds;
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

    public void heavyCall() {
        if (--heavyCalls < 0) {
            throw new OverBound("more than " + bounds.heavyCalls()
                    + " calls of functions for keys, certificates and passwords (bound: heavyCalls)");
        }
    }

    /** Goes one evaluation deeper; {@link #leave} comes back. */
    public void enter() {
        steps(1);
        if (++depth > bounds.depth()) {
            throw new OverBound("more than " + bounds.depth() + " evaluations inside each other (bound: depth)");
        }
    }

    public void leave() {
        depth--;
    }
}

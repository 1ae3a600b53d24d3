package dev.tidemark.gotemplates.limits;

/** A bound was reached; the evaluator adds the place. */
public final class OverBound extends RuntimeException {
    public OverBound(String message) {
        super(message, null, false, false);
    }
}

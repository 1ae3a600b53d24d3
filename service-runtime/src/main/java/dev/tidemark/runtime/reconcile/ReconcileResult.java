package dev.tidemark.runtime.reconcile;

import java.time.Duration;

/** What came of one run, which is when the key is due again if nothing changes before. */
public sealed interface ReconcileResult {

    /** The key is as wanted; looked at again after its interval. */
    record Done(Duration interval) implements ReconcileResult {}

    /** Not finished, and nothing failed: again after this delay. */
    record RequeueAfter(Duration delay) implements ReconcileResult {}

    /** Something outside failed, and was said: again when {@link Run#nextTry} says, later with each failure in a row. */
    record Retry() implements ReconcileResult {}

    /** Only a change helps. */
    record AwaitChange() implements ReconcileResult {}

    /** The key is gone, and nothing is left to do for it. */
    record Gone() implements ReconcileResult {}
}

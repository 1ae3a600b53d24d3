package dev.tidemark.renderer.domain.reconcile;

/** What is to happen after a pass over a resource. */
public enum Pass {
    /** All is as wanted: again at the interval, or when woken. */
    DONE,
    /** Only a change helps: when woken. */
    PARKED,
    /** The resource is gone and nothing is left to do for it. */
    ENDED,
    /** Something outside failed: again soon, and less soon each time. */
    RETRY
}

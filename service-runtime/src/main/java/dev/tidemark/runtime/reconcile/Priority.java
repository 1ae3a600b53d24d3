package dev.tidemark.runtime.reconcile;

/** Which of the keys that wait comes first. */
public enum Priority {
    /** Somebody waits for it: a webhook, a selection, a request. */
    URGENT,
    /** A change of a resource, or time that has passed. */
    ROUTINE
}

package dev.tidemark.watcher.domain;

/** Whether somebody waits for a look at a registry. */
public enum Urgency {
    ROUTINE,
    AWAITED
}

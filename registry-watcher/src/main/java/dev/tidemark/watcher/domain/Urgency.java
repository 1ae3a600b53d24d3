package dev.tidemark.watcher.domain;

/** Whether somebody waits for what a registry is asked. */
public enum Urgency {
    ROUTINE,
    AWAITED
}

package dev.tidemark.runtime.reconcile;

import java.time.Instant;
import java.util.Set;

/**
 * One run over a key.
 *
 * @param asked why it runs: who asked since the last run began; empty where its own time has come
 * @param failures how many runs before it failed in a row
 * @param nextTry when it is tried again should it fail
 */
public record Run(Set<Priority> asked, int failures, Instant nextTry) {}

package dev.tidemark.evaluation.table;

/**
 * The policies that still have to be evaluated for an event which concerns more of them than fit into one transaction.
 * They are evaluated in the order of their keys, which begins anew at its end.
 *
 * @param after the key of the last one that was evaluated
 * @param left how many are left
 * @param event what they are evaluated for
 */
public record Deferred(String after, int left, Wakeup event) {}

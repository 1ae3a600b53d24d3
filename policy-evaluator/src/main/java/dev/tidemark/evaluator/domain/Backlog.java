package dev.tidemark.evaluator.domain;

/**
 * The policies that still have to be asked about an event which concerns more of them than fit into one transaction.
 * They are asked in the order of their keys, which begins anew at its end.
 *
 * @param after the key of the last one that was asked
 * @param left how many are left
 * @param event what they are asked about
 */
public record Backlog(String after, int left, Wakeup event) {}

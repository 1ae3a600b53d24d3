package dev.tidemark.policies.select;

/**
 * All that {@link TagPolicy#add} needs to know about the tags seen so far. Plain values, to be stored.
 *
 * @param policy the spec under which the state came about: another policy refuses to go on from it
 * @param unordered whether a NaN is among the values; then every change needs a full pass
 */
public record SelectionState(PolicySpec policy, Selection selection, boolean unordered) {}

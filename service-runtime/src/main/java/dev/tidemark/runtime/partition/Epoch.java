package dev.tidemark.runtime.partition;

/**
 * One time that this replica was given a partition. Another assignment of the same partition is another epoch, so that
 * work of the first cannot pass for work of the second.
 *
 * @param number grows with each assignment in the life of a process; never compared between processes
 */
public record Epoch(int partition, long number) {}

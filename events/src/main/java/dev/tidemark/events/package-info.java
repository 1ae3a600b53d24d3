/**
 * The contract of the log: event records, keys, topics, partitioning and the one codec. Parsing only, no policy.
 *
 * <p>Every record is additive within a version: readers ignore members they do not know, and every version keeps
 * committed samples that later builds must still read.
 */
@NullMarked
package dev.tidemark.events;

import org.jspecify.annotations.NullMarked;

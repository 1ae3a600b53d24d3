/** Owned partitions, declared policies out, and what the log tells of targets. */
@NullMarked
package dev.tidemark.evaluator.kafka;

import org.jspecify.annotations.NullMarked;

/**
 * What every service's wiring would otherwise repeat (ADR 3): where the log is, where resources come from, which
 * partitions this replica owns. CDI beans; no decisions.
 */
@NullMarked
package dev.tidemark.runtime;

import org.jspecify.annotations.NullMarked;

/** Durations as Go's {@code time} reads them. */
@NullMarked
package dev.tidemark.go.time;

import org.jspecify.annotations.NullMarked;

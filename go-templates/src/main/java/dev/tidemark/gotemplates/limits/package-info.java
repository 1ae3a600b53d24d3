/** Counts what an execution uses and stops it at its bounds. */
@NullMarked
package dev.tidemark.gotemplates.limits;

import org.jspecify.annotations.NullMarked;

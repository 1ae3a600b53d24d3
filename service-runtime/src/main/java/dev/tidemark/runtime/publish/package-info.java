/** Appending to the log: awaited, in order, bounded in flight. */
@NullMarked
package dev.tidemark.runtime.publish;

import org.jspecify.annotations.NullMarked;

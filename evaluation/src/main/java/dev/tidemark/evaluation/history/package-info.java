/** Recorded history in a file, so that it can be proved, asked and kept without the log that it came from (ADR 33). */
@NullMarked
package dev.tidemark.evaluation.history;

import org.jspecify.annotations.NullMarked;

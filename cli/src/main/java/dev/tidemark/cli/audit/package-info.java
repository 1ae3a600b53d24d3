/** Ranges of recorded history: exported into a file, decided again, and asked what would have been. */
@NullMarked
package dev.tidemark.cli.audit;

import org.jspecify.annotations.NullMarked;

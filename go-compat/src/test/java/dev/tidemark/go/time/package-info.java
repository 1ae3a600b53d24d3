/** YAML against Go's verdicts. */
@NullMarked
package dev.tidemark.go.time;

import org.jspecify.annotations.NullMarked;

/** What was measured: figures, their file, their table, and how they compare with earlier ones. */
@NullMarked
package dev.tidemark.benchmarks.bench.result;

import org.jspecify.annotations.NullMarked;

/** The program behind {@code ./tidemark bench}: the cases of docs/benchmarks.md against real processes. */
@NullMarked
package dev.tidemark.benchmarks.bench;

import org.jspecify.annotations.NullMarked;

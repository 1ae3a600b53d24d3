/** What the log costs by itself. */
@NullMarked
package dev.tidemark.benchmarks.log;

import org.jspecify.annotations.NullMarked;

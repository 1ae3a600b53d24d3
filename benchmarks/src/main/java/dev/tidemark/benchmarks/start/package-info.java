/** From a command to services that are ready, and what they take at rest. */
@NullMarked
package dev.tidemark.benchmarks.start;

import org.jspecify.annotations.NullMarked;

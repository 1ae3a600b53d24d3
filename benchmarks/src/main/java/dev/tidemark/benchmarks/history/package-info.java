/** How long a replay takes, and how little memory. */
@NullMarked
package dev.tidemark.benchmarks.history;

import org.jspecify.annotations.NullMarked;

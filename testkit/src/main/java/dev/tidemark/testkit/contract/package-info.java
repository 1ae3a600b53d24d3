/** The log's contract as those see it who read what a newer build writes. */
@NullMarked
package dev.tidemark.testkit.contract;

import org.jspecify.annotations.NullMarked;

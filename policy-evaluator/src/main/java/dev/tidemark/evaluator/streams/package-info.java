/** The topology: exactly-once from discovered tags and declared policies to selections. */
@NullMarked
package dev.tidemark.evaluator.streams;

import org.jspecify.annotations.NullMarked;

/**
 * The shared vectors: cases whose outcomes the established Go programs computed. Tests read them, and
 * {@code ./tidemark test --vectors DIR} runs those of a folder.
 */
@NullMarked
package dev.tidemark.testkit.vectors;

import org.jspecify.annotations.NullMarked;

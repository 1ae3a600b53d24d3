/** The editor of marked files. */
@NullMarked
package dev.tidemark.benchmarks.setters;

import org.jspecify.annotations.NullMarked;

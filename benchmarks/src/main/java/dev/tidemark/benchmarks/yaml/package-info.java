/** Measures the YAML reader. */
@NullMarked
package dev.tidemark.benchmarks.yaml;

import org.jspecify.annotations.NullMarked;

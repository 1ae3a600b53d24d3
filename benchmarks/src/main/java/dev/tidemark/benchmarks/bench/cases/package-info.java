/** The cases, a class each or for a family of them. */
@NullMarked
package dev.tidemark.benchmarks.bench.cases;

import org.jspecify.annotations.NullMarked;

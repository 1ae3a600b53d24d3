/** Benchmarks of the template engine. */
@NullMarked
package dev.tidemark.benchmarks.gotemplates;

import org.jspecify.annotations.NullMarked;

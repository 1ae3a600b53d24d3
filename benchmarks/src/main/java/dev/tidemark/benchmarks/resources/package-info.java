/** What it costs that there are many resources. */
@NullMarked
package dev.tidemark.benchmarks.resources;

import org.jspecify.annotations.NullMarked;

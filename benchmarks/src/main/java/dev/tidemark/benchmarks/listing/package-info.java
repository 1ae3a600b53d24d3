/** What it costs to read a long list of tags. */
@NullMarked
package dev.tidemark.benchmarks.listing;

import org.jspecify.annotations.NullMarked;

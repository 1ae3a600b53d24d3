/** Seeded interleavings of what is built on the runtime: stepped time, processes, an in-memory group. */
@NullMarked
package dev.tidemark.runtime.simulation;

import org.jspecify.annotations.NullMarked;

/** A heap for tests, and what is told of it. */
@NullMarked
package dev.tidemark.runtime.memory;

import org.jspecify.annotations.NullMarked;

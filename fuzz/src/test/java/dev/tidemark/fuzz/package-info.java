/** Targets of everything that reads text or bytes from outside. */
@NullMarked
package dev.tidemark.fuzz;

import org.jspecify.annotations.NullMarked;

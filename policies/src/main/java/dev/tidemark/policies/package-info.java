/** Versions, ranges, filters, selection: pure functions, exact where Flux users expect exactness. */
@NullMarked
package dev.tidemark.policies;

import org.jspecify.annotations.NullMarked;

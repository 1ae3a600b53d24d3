/** Expressions of ResourceSets in CEL. */
@NullMarked
package dev.tidemark.renderer.cel;

import org.jspecify.annotations.NullMarked;

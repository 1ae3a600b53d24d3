/** How the statuses of ResourceSets and providers follow from what happened. */
@NullMarked
package dev.tidemark.renderer.domain.status;

import org.jspecify.annotations.NullMarked;

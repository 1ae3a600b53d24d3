/** Objects become the state of a place: order, inventory, pruning (flux-gitless 2.8 to 2.11). */
@NullMarked
package dev.tidemark.renderer.domain.apply;

import org.jspecify.annotations.NullMarked;

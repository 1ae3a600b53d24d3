/** ResourceSets and providers as keyed work: who serves which, what makes one due, what a run does and when the next is. */
@NullMarked
package dev.tidemark.renderer.reconcile;

import org.jspecify.annotations.NullMarked;

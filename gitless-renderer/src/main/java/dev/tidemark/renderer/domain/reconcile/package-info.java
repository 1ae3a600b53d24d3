/** One pass over a ResourceSet or a provider, from what is declared and selected to objects and status. */
@NullMarked
package dev.tidemark.renderer.domain.reconcile;

import org.jspecify.annotations.NullMarked;

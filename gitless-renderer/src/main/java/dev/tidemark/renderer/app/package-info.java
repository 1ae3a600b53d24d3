/** Wiring, settings, health and the lanes that run ResourceSets. */
@NullMarked
package dev.tidemark.renderer.app;

import org.jspecify.annotations.NullMarked;

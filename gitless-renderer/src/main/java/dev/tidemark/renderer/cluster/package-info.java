/** Rendered objects in a cluster. */
@NullMarked
package dev.tidemark.renderer.cluster;

import org.jspecify.annotations.NullMarked;

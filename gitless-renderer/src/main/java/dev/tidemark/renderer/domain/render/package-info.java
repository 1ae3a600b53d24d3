/** Inputs and templates become objects (flux-gitless 2.3 to 2.5). */
@NullMarked
package dev.tidemark.renderer.domain.render;

import org.jspecify.annotations.NullMarked;

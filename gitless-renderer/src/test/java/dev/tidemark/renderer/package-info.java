/** Tests of the renderer. */
@NullMarked
package dev.tidemark.renderer;

import org.jspecify.annotations.NullMarked;

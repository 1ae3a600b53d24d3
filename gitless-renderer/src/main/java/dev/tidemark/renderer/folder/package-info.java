/** Rendered objects as files. */
@NullMarked
package dev.tidemark.renderer.folder;

import org.jspecify.annotations.NullMarked;

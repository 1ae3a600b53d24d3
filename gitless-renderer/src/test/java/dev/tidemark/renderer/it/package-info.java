/** The packaged service as a process. */
@NullMarked
package dev.tidemark.renderer.it;

import org.jspecify.annotations.NullMarked;

/** Tests. */
@NullMarked
package dev.tidemark.watcher.cel;

import org.jspecify.annotations.NullMarked;

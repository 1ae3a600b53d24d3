/** Tests of the watcher as a whole. */
@NullMarked
package dev.tidemark.watcher;

import org.jspecify.annotations.NullMarked;

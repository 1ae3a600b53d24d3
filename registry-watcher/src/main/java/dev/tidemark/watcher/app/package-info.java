/** Wiring, settings and health of the watcher. */
@NullMarked
package dev.tidemark.watcher.app;

import org.jspecify.annotations.NullMarked;

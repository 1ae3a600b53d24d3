/** The watcher put together, its settings and its health. */
@NullMarked
package dev.tidemark.watcher.app;

import org.jspecify.annotations.NullMarked;

/** What the watcher is put together from. */
@NullMarked
package dev.tidemark.watcher.app;

import org.jspecify.annotations.NullMarked;

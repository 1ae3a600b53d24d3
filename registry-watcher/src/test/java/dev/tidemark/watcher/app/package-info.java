@NullMarked
package dev.tidemark.watcher.app;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.tidemark.watcher.listener;

import org.jspecify.annotations.NullMarked;

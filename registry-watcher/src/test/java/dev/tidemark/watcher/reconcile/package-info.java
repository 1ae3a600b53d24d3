@NullMarked
package dev.tidemark.watcher.reconcile;

import org.jspecify.annotations.NullMarked;

/** Feeds as keyed work: what is requested of each, in which order it is done, and by whom. */
@NullMarked
package dev.tidemark.watcher.reconcile;

import org.jspecify.annotations.NullMarked;

/** Tests. */
@NullMarked
package dev.tidemark.watcher.hook;

import org.jspecify.annotations.NullMarked;

/** What a Receiver accepts and what its payload claims. Plain Java. */
@NullMarked
package dev.tidemark.watcher.hook;

import org.jspecify.annotations.NullMarked;

/** How requests to the outside are made. */
@NullMarked
package dev.tidemark.watcher.http;

import org.jspecify.annotations.NullMarked;

/** The door: webhooks over HTTP. */
@NullMarked
package dev.tidemark.watcher.http;

import org.jspecify.annotations.NullMarked;

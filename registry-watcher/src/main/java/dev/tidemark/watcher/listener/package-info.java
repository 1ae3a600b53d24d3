/** The listener of webhooks, on the server of the framework: an edge like {@code kafka} and {@code app}. */
@NullMarked
package dev.tidemark.watcher.listener;

import org.jspecify.annotations.NullMarked;

/** The log as the watcher reads and writes it. */
@NullMarked
package dev.tidemark.watcher.kafka;

import org.jspecify.annotations.NullMarked;

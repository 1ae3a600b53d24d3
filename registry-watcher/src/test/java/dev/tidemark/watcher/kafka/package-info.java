@NullMarked
package dev.tidemark.watcher.kafka;

import org.jspecify.annotations.NullMarked;

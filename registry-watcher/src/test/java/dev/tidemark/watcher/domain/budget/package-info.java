@NullMarked
package dev.tidemark.watcher.domain.budget;

import org.jspecify.annotations.NullMarked;

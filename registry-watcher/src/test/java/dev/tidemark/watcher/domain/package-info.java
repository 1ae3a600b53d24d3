/** Tests. */
@NullMarked
package dev.tidemark.watcher.domain;

import org.jspecify.annotations.NullMarked;

/** Conditions on resources in the Common Expression Language. Plain Java. */
@NullMarked
package dev.tidemark.watcher.cel;

import org.jspecify.annotations.NullMarked;

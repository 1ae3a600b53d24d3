/** From a push to what it causes, and what the services cost when nothing happens: whole builds side by side. */
@NullMarked
package dev.tidemark.benchmarks.update;

import org.jspecify.annotations.NullMarked;

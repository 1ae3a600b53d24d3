/** What is measured of a process, under the names that people look for. Plain: who serves it is elsewhere. */
@NullMarked
package dev.tidemark.runtime.metrics;

import org.jspecify.annotations.NullMarked;

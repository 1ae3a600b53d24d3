/** Time as something that is passed in: a clock, delays, back-off, and the threads that work runs on. */
@NullMarked
package dev.tidemark.runtime.time;

import org.jspecify.annotations.NullMarked;

/** What takes its time: how far it is, and what the end of a process waits for. */
@NullMarked
package dev.tidemark.runtime.progress;

import org.jspecify.annotations.NullMarked;

/** The {@code tidemark} command: plain Java, quick to start. */
@NullMarked
package dev.tidemark.cli;

import org.jspecify.annotations.NullMarked;

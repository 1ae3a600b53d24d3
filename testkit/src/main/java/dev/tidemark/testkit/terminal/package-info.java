/** A terminal for tests of what people type and read. */
@NullMarked
package dev.tidemark.testkit.terminal;

import org.jspecify.annotations.NullMarked;

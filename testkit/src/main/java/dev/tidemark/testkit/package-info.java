/** Test scope only: the broker, real processes, architecture rules. */
@NullMarked
package dev.tidemark.testkit;

import org.jspecify.annotations.NullMarked;

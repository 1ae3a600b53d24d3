/** Regular expressions as Go's {@code regexp} reads them, on top of RE2/J. */
@NullMarked
package dev.tidemark.go.regexp;

import org.jspecify.annotations.NullMarked;

/** Numbers as Go's {@code strconv} reads and writes them. */
@NullMarked
package dev.tidemark.go.strconv;

import org.jspecify.annotations.NullMarked;

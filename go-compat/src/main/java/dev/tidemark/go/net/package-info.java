/** Addresses as Go's {@code net} packages read them. */
@NullMarked
package dev.tidemark.go.net;

import org.jspecify.annotations.NullMarked;

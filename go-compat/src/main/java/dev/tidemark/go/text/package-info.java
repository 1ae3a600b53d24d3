/** Go's strings: bytes, which need not be UTF-8. */
@NullMarked
package dev.tidemark.go.text;

import org.jspecify.annotations.NullMarked;

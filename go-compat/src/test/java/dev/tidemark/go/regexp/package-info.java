@NullMarked
package dev.tidemark.go.regexp;

import org.jspecify.annotations.NullMarked;

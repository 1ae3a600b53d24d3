@NullMarked
package dev.tidemark.go.strconv;

import org.jspecify.annotations.NullMarked;

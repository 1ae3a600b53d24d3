@NullMarked
package dev.tidemark.go.json;

import org.jspecify.annotations.NullMarked;

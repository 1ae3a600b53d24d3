/** JSON as Go's {@code encoding/json} reads and writes it, and Kubernetes takes its numbers. */
@NullMarked
package dev.tidemark.go.json;

import org.jspecify.annotations.NullMarked;

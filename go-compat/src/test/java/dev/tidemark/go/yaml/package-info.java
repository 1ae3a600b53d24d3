/** YAML against Go's verdicts. */
@NullMarked
package dev.tidemark.go.yaml;

import org.jspecify.annotations.NullMarked;

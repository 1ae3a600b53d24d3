/** How Go writes YAML: the style of a text and the order of keys. */
@NullMarked
package dev.tidemark.go.yaml.write;

import org.jspecify.annotations.NullMarked;

/** Reads YAML with SnakeYAML Engine. */
@NullMarked
package dev.tidemark.renderer.yaml;

import org.jspecify.annotations.NullMarked;

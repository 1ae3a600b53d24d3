/** Reads YAML as Flux Operator does. */
@NullMarked
package dev.tidemark.renderer.yaml;

import org.jspecify.annotations.NullMarked;

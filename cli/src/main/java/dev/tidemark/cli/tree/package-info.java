/** Objects as trees of maps, lists and scalars: YAML, JSON, kubectl's JSONPath and label selectors. */
@NullMarked
package dev.tidemark.cli.tree;

import org.jspecify.annotations.NullMarked;

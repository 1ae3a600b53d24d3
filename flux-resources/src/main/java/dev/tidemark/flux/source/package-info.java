/** Where resources come from. */
@NullMarked
package dev.tidemark.flux.source;

import org.jspecify.annotations.NullMarked;

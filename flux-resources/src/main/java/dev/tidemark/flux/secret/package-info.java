/** Secrets, one by one. */
@NullMarked
package dev.tidemark.flux.secret;

import org.jspecify.annotations.NullMarked;

/** Go's fmt verbs. */
@NullMarked
package dev.tidemark.gotemplates.format;

import org.jspecify.annotations.NullMarked;

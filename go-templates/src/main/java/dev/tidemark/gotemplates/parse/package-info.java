/** From template text to a tree of records. */
@NullMarked
package dev.tidemark.gotemplates.parse;

import org.jspecify.annotations.NullMarked;

/** Runs a parsed template. */
@NullMarked
package dev.tidemark.gotemplates.exec;

import org.jspecify.annotations.NullMarked;

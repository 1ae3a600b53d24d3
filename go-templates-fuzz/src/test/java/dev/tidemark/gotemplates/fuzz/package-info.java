/** The fuzz target of the template engine. */
@NullMarked
package dev.tidemark.gotemplates.fuzz;

import org.jspecify.annotations.NullMarked;

/** Objects as people see them, with their status, and what people change: for the command line. */
@NullMarked
package dev.tidemark.flux.view;

import org.jspecify.annotations.NullMarked;

/** The commands, one class each. */
@NullMarked
package dev.tidemark.cli.command;

import org.jspecify.annotations.NullMarked;

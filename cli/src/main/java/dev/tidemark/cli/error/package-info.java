/** What a person is told when a command cannot do what was asked. */
@NullMarked
package dev.tidemark.cli.error;

import org.jspecify.annotations.NullMarked;

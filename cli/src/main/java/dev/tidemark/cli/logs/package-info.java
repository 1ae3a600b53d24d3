/** The log of the services, wherever they run. */
@NullMarked
package dev.tidemark.cli.logs;

import org.jspecify.annotations.NullMarked;

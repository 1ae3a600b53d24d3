/** Starting and ending all-in-one as a child process. */
@NullMarked
package dev.tidemark.cli.run;

import org.jspecify.annotations.NullMarked;

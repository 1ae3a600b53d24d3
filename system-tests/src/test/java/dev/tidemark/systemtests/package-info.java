/** The packaged product as its users start it: processes, files, a real Git repository, a registry. */
@NullMarked
package dev.tidemark.systemtests;

import org.jspecify.annotations.NullMarked;

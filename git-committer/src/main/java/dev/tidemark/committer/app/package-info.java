/** Wiring, settings and health of git-committer. */
@NullMarked
package dev.tidemark.committer.app;

import org.jspecify.annotations.NullMarked;

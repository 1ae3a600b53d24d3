/** How git-committer is put together, its settings and its health. */
@NullMarked
package dev.tidemark.committer.app;

import org.jspecify.annotations.NullMarked;

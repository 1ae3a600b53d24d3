/** Commit messages: what templates see of a run, in today's model and in the one that Flux dropped (spec 15). */
@NullMarked
package dev.tidemark.committer.message;

import org.jspecify.annotations.NullMarked;

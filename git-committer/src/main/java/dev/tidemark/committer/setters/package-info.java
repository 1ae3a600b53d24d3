/** Markers in YAML and byte-preserving edits of the scalars they belong to (flux-git-based 16, 17). No I/O. */
@NullMarked
package dev.tidemark.committer.setters;

import org.jspecify.annotations.NullMarked;

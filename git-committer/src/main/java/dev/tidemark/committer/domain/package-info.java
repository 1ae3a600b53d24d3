/** What to write to which branch, when, and what came of it. No I/O: ports are interfaces declared here. */
@NullMarked
package dev.tidemark.committer.domain;

import org.jspecify.annotations.NullMarked;

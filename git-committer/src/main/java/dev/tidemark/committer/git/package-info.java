/** Git by JGit: bare shallow clones, trees edited in the object database, transports. Plain Java. */
@NullMarked
package dev.tidemark.committer.git;

import org.jspecify.annotations.NullMarked;

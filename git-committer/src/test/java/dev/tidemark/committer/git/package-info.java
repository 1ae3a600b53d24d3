@NullMarked
package dev.tidemark.committer.git;

import org.jspecify.annotations.NullMarked;

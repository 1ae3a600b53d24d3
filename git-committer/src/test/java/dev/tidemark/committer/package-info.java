@NullMarked
package dev.tidemark.committer;

import org.jspecify.annotations.NullMarked;

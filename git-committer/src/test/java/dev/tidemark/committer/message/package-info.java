@NullMarked
package dev.tidemark.committer.message;

import org.jspecify.annotations.NullMarked;

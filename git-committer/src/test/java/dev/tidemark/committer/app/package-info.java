@NullMarked
package dev.tidemark.committer.app;

import org.jspecify.annotations.NullMarked;

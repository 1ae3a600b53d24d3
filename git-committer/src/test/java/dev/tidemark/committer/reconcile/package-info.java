@NullMarked
package dev.tidemark.committer.reconcile;

import org.jspecify.annotations.NullMarked;

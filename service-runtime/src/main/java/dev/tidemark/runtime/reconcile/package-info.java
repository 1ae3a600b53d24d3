/** Work by key: what changed is noted, and one run at a time brings the key to what is wanted. */
@NullMarked
package dev.tidemark.runtime.reconcile;

import org.jspecify.annotations.NullMarked;

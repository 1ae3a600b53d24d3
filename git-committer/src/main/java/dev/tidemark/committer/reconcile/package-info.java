/** Brings branches to what is declared and selected: plain Java on the runtime's partitions, loops and time. */
@NullMarked
package dev.tidemark.committer.reconcile;

import org.jspecify.annotations.NullMarked;

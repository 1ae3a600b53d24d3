/** Declared policies and their status as keyed work. */
@NullMarked
package dev.tidemark.evaluator.reconcile;

import org.jspecify.annotations.NullMarked;

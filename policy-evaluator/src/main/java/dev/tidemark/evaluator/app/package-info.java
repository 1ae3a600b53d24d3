/** The module, settings, health. */
@NullMarked
package dev.tidemark.evaluator.app;

import org.jspecify.annotations.NullMarked;

/** What a policy comes to, and what is declared: pure. */
@NullMarked
package dev.tidemark.evaluator.domain;

import org.jspecify.annotations.NullMarked;

/** Resources as declarations of policies: what the evaluator writes into the log, and what a question changes. */
@NullMarked
package dev.tidemark.evaluation.declare;

import org.jspecify.annotations.NullMarked;

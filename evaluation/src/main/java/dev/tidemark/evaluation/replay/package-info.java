/** The evaluation once more, from the log: to explain, and to prove that recorded decisions come out the same. */
@NullMarked
package dev.tidemark.evaluation.replay;

import org.jspecify.annotations.NullMarked;

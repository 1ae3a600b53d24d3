/** What a changed policy would have selected over recorded history, against what happened. */
@NullMarked
package dev.tidemark.evaluation.whatif;

import org.jspecify.annotations.NullMarked;

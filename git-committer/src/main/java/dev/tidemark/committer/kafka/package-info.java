/** The committer's topics: its table of selections, the branches it owns, what it tells the log. */
@NullMarked
package dev.tidemark.committer.kafka;

import org.jspecify.annotations.NullMarked;

/** The committer's topics: its table of selections, and what an owner of branches reads before it begins. */
@NullMarked
package dev.tidemark.committer.kafka;

import org.jspecify.annotations.NullMarked;

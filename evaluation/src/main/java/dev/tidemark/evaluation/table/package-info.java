/** What is kept of one partition between events, behind a port of tables. */
@NullMarked
package dev.tidemark.evaluation.table;

import org.jspecify.annotations.NullMarked;

/** The contract as a document: made from the records, checked against the samples. */
@NullMarked
package dev.tidemark.events.contract;

import org.jspecify.annotations.NullMarked;

/** The Flux kinds as records, one shape for all served versions, and the ports they come and go through. */
@NullMarked
package dev.tidemark.flux;

import org.jspecify.annotations.NullMarked;

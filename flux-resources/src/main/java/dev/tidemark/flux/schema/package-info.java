/** What the custom resource definitions allow, and what of a manifest they do not. */
@NullMarked
package dev.tidemark.flux.schema;

import org.jspecify.annotations.NullMarked;

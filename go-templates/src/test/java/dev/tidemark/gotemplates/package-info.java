/** Tests of the engine. */
@NullMarked
package dev.tidemark.gotemplates;

import org.jspecify.annotations.NullMarked;

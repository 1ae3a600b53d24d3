/** Tests of the functions. */
@NullMarked
package dev.tidemark.gotemplates.functions;

import org.jspecify.annotations.NullMarked;

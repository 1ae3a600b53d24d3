/** Documents that are made from the code, so that they cannot drift from it. */
@NullMarked
package dev.tidemark.testkit.docs;

import org.jspecify.annotations.NullMarked;

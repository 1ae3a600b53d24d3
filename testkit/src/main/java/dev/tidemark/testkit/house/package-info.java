/** The project's own sources as data: what the house rules and the build report look at. */
@NullMarked
package dev.tidemark.testkit.house;

import org.jspecify.annotations.NullMarked;

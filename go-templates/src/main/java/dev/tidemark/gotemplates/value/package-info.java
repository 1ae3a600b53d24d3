/** The values that a template can hold and the explicit model of host objects. */
@NullMarked
package dev.tidemark.gotemplates.value;

import org.jspecify.annotations.NullMarked;

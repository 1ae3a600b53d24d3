/** Tells events to whoever Alerts and Providers name. */
@NullMarked
package dev.tidemark.flux.delivery;

import org.jspecify.annotations.NullMarked;

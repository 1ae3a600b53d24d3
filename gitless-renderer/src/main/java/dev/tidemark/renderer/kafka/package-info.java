/** The channels and tables of the log. */
@NullMarked
package dev.tidemark.renderer.kafka;

import org.jspecify.annotations.NullMarked;

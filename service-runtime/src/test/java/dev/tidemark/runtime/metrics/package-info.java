@NullMarked
package dev.tidemark.runtime.metrics;

import org.jspecify.annotations.NullMarked;

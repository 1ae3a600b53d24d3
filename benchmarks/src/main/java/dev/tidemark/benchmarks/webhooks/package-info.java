/** The listener of webhooks under slow, large and usual senders at once. */
@NullMarked
package dev.tidemark.benchmarks.webhooks;

import org.jspecify.annotations.NullMarked;

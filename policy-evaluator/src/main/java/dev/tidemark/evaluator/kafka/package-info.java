/** Channels: declared policies out, decisions into status. */
@NullMarked
package dev.tidemark.evaluator.kafka;

import org.jspecify.annotations.NullMarked;

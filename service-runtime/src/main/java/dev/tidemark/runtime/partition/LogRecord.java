package dev.tidemark.runtime.partition;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A record that could be read.
 *
 * @param envelope null for a tombstone
 */
public record LogRecord(
        Topic topic,
        int partition,
        long offset,
        String key,
        @Nullable Envelope<?> envelope) {}

package dev.tidemark.events;

import java.time.Instant;

/**
 * The look at a feed that an event belongs to. Events of a scan older than the newest one seen are ignored.
 *
 * @param id unique per look
 * @param startedAt by the watcher's clock; orders the scans of one feed
 */
public record Scan(String id, Instant startedAt) {}

package dev.tidemark.watcher.listener;

import java.time.Duration;

/**
 * What senders get together.
 *
 * @param bodyBytes memory of all bodies
 * @param bodyTime from the head of a request to the end of its body
 * @param requestsAtOnce that are worked: read, judged, written to the log
 */
public record WebhookLimits(long bodyBytes, Duration bodyTime, int requestsAtOnce) {}

package dev.tidemark.watcher.domain.budget;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a host has taken one request, as far as its budget is concerned. */
public sealed interface Answer {

    /**
     * It answered, with what was asked for or without.
     *
     * @param latency until the answer began
     * @param told what it says of its own limit
     */
    record Served(Duration latency, @Nullable ToldLimit told) implements Answer {}

    /**
     * It broke down, or cannot be reached.
     *
     * @param retryAfter what it asks for
     */
    record Failed(@Nullable Duration retryAfter) implements Answer {}

    /**
     * It was asked too often.
     *
     * @param retryAfter what it asks for
     */
    record Limited(@Nullable Duration retryAfter) implements Answer {}
}

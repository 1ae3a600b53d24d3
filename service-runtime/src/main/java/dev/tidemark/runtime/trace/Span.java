package dev.tidemark.runtime.trace;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that ended with a fact.
 *
 * @param service who did it
 * @param parent the span that led here; null for the beginning of a trace
 * @param fault what went wrong; null where nothing did
 */
record Span(
        TraceContext context,
        @Nullable String parent,
        String service,
        String name,
        Instant begin,
        Instant end,
        Map<String, String> attributes,
        @Nullable String fault) {}

package dev.tidemark.watcher.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tags of one feed that requests have brought news of a moment ago. Senders repeat themselves: they tell of each
 * platform of an image, or again when they did not wait for the answer. A claim whose news is here already is settled.
 */
final class RecentNews {

    /** Repetitions of one push come within seconds; what comes later is worth a list. */
    static final Duration MOMENT = Duration.ofSeconds(30);

    /** Pushes of one image within a moment. */
    private static final int MAX = 1_000;

    private final Map<String, Instant> times = new LinkedHashMap<>();

    /** Keeps news of a tag; true. */
    boolean note(String tag, Instant now) {
        times.remove(tag);
        times.put(tag, now);
        if (times.size() > MAX) {
            times.remove(times.keySet().iterator().next());
        }
        return true;
    }

    /** Whether there was news of the tag a moment ago. */
    boolean has(String tag, Instant now) {
        Instant time = times.get(tag);
        return time != null && time.plus(MOMENT).isAfter(now);
    }
}

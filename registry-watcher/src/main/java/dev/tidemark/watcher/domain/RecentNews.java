package dev.tidemark.watcher.domain;

import dev.tidemark.events.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tags of one feed that were found a moment ago. Senders repeat themselves: they tell of each platform of an image, or
 * again when they did not wait for the answer. A claim whose news is here already is settled.
 */
final class RecentNews {

    /** Repetitions of one push come within seconds; what comes later is worth a list. */
    static final Duration MOMENT = Duration.ofSeconds(30);

    /** Pushes of one image within a moment. */
    private static final int MAX = 1_000;

    private final Map<String, Found> found = new LinkedHashMap<>();

    /**
     * @param asked when a request for this tag brought the news, by our own clock
     * @param number of the scan that found it
     */
    private record Found(Instant asked, long number) {}

    /** A request for the tag has brought news of it. */
    void asked(String tag, Instant now, long number) {
        put(tag, new Found(now, number));
    }

    /** A list has brought the tag. */
    void listed(String tag, Scan scan) {
        put(tag, new Found(Instant.MIN, scan.order().number()));
    }

    private void put(String tag, Found newest) {
        found.remove(tag);
        found.put(tag, newest);
        if (found.size() > MAX) {
            found.remove(found.keySet().iterator().next());
        }
    }

    /** Whether a request for the tag has brought news a moment ago. */
    boolean has(String tag, Instant now) {
        Found newest = found.get(tag);
        return newest != null
                && !newest.asked().equals(Instant.MIN)
                && newest.asked().plus(MOMENT).isAfter(now);
    }

    /** Whether the tag was found by this scan or a later one. */
    boolean isSince(String tag, long number) {
        Found newest = found.get(tag);
        return newest != null && newest.number() >= number;
    }
}

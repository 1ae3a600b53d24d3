package dev.tidemark.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lines that somebody may cause again and again: the first is said at once, equal ones of the next minute are counted, and
 * the next one after that says how many they were. For any thread.
 */
public final class RepeatedLines {

    /** Often enough for a person who looks what happens now; a flood of one kind is a line a minute. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** Different lines that are remembered: of more the one that was said longest ago is forgotten. */
    static final int MAX_LINES = 1_000;

    private final Consumer<String> log;
    private final Clock clock;
    private final Map<String, Said> lines = new LinkedHashMap<>();

    private record Said(Instant at, int leftOut) {}

    public RepeatedLines(Consumer<String> log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Says a line, or counts it. */
    public void say(String line) {
        Instant now = clock.instant();
        int leftOut;
        synchronized (lines) {
            Said before = lines.get(line);
            if (before != null && now.isBefore(before.at().plus(PAUSE))) {
                lines.put(line, new Said(before.at(), before.leftOut() + 1));
                return;
            }
            leftOut = before == null ? 0 : before.leftOut();
            lines.remove(line);
            lines.put(line, new Said(now, 0));
            if (lines.size() > MAX_LINES) {
                lines.remove(lines.keySet().iterator().next());
            }
        }
        log.accept(leftOut == 0 ? line : line + ' ' + LogKeys.pair(LogKeys.REPEATED, leftOut));
    }
}

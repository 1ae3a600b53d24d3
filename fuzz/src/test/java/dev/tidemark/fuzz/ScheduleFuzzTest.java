package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.schedule.Cron;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Any text as a schedule: it is taken or refused with a reason, and what is taken triggers later than it is asked. */
class ScheduleFuzzTest {

    /** Around changes of clocks, and with a day that a zone left out. */
    private static final List<Instant> TIMES = List.of(
            Instant.parse("2026-03-29T00:30:00Z"),
            Instant.parse("2026-10-25T00:59:30.5Z"),
            Instant.parse("2011-12-29T09:00:00Z"));

    /** The first line is the zone, the rest the expression. */
    @FuzzTest(maxDuration = "5m")
    void schedules(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int line = text.indexOf('\n');
        String zone = line < 0 ? "" : text.substring(0, line);
        if (Cron.parse(text.substring(line + 1), zone) instanceof Parsed.Value<Cron>(Cron cron)) {
            for (Instant time : TIMES) {
                cron.next(time).ifPresent(next -> assertThat(next).isAfter(time));
            }
        }
    }
}

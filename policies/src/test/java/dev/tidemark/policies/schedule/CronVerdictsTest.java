package dev.tidemark.policies.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.go.verdicts.GoVerdicts;
import dev.tidemark.policies.Parsed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Generated expressions and their next triggers as robfig/cron reads them, see {@code src/test/go/schedule}. */
class CronVerdictsTest {

    /** The library does not come back. */
    private static final String ENDLESS = "?";

    @Test
    void triggersWhenGoDoes() {
        List<String> different = new ArrayList<>();
        for (List<String> verdict : GoVerdicts.read("schedules.txt")) {
            String actual = next(verdict.get(0), verdict.get(1), Instant.parse(verdict.get(2)));
            if (!actual.equals(verdict.getLast()) && !verdict.getLast().equals(ENDLESS)) {
                different.add("Go: " + verdict + "\n    here: " + actual);
            }
        }
        assertThat(different).isEmpty();
    }

    private static String next(String expression, String zone, Instant at) {
        return switch (Cron.parse(expression, zone)) {
            case Parsed.Malformed<Cron> malformed -> "-";
            case Parsed.Value<Cron>(Cron cron) -> {
                List<String> triggers = new ArrayList<>();
                Optional<Instant> trigger = cron.next(at);
                while (trigger.isPresent() && triggers.size() < 2) {
                    triggers.add(trigger.get().toString());
                    trigger = cron.next(trigger.get());
                }
                triggers.add(trigger.map(Instant::toString).orElse("never"));
                yield String.join(" ", triggers);
            }
        };
    }
}

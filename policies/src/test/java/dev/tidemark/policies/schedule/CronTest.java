package dev.tidemark.policies.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.policies.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    @ParameterizedTest
    @CsvSource({
        // A gap at midnight: the day begins at one.
        "0 0 * * *, America/Asuncion, 2024-10-05T12:00:00Z, 2024-10-07T03:00:00Z",
        "30 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-30T00:30:00Z",
        "0 3 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
        "30 2 * * *, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z",
        "*/7 * * * *, Australia/Lord_Howe, 2026-04-04T14:58:00Z, 2026-04-04T15:05:00Z",
        "59 23 31 12 *, UTC, 2026-12-31T23:59:00Z, 2027-12-31T23:59:00Z",
        "0 0 31 * *, UTC, 2026-02-01T00:00:00Z, 2026-03-31T00:00:00Z",
        "0 0 1-7/2 * MON, UTC, 2026-11-03T00:00:00Z, 2026-11-05T00:00:00Z"
    })
    void findsTheNextTrigger(String expression, String zone, Instant after, Instant expected) {
        assertThat(cron(expression, zone).next(after)).isEqualTo(Optional.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 8 * * *", "*/15 * * * *", "* * 29 2 *", "30 2 * * *", "0 0 1 */3 *"})
    void findsThePreviousTriggerAtOrBefore(String expression) {
        Cron cron = cron(expression, "Europe/Berlin");
        Instant at = Instant.parse("2026-10-25T00:30:00Z");

        Instant previous = cron.previous(at).orElseThrow();

        assertThat(previous).isBeforeOrEqualTo(at);
        assertThat(cron.next(previous).orElseThrow()).isAfter(at);
        assertThat(cron.next(previous.minusSeconds(1))).contains(previous);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "@reboot",
                "@every",
                "@every soon",
                "5-1 * * * *",
                "*/0 * * * *",
                "1-2-3 * * * *",
                "1/2/3 * * * *",
                "-1 * * * *",
                "x * * * *",
                "* * * * FRIDAY",
                "99999999999 * * * *",
                "* * 0 * *"
            })
    void refusesOtherTexts(String expression) {
        assertThat(Cron.parse(expression, "UTC")).isInstanceOf(Parsed.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "300ms, PT0.3S",
        ".5s, PT0.5S",
        "-2m, PT-2M",
        "+1s, PT1S",
        "0, PT0S",
        "1us1ns, PT0.000001001S"
    })
    void readsGoDurations(String text, Duration expected) {
        assertThat(WrittenDuration.parse(text)).isEqualTo(Parsed.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "1d", "1h 30m", ".s", "1.2.3s", "--1s", "9999999999h", "+", "1e3s"})
    void refusesWhatGoRefusesAsADuration(String text) {
        assertThat(WrittenDuration.parse(text)).isInstanceOf(Parsed.Malformed.class);
    }

    private static Cron cron(String expression, String zone) {
        return switch (Cron.parse(expression, zone)) {
            case Parsed.Value<Cron>(Cron cron) -> cron;
            case Parsed.Malformed<Cron>(String message) -> throw new AssertionError(message);
        };
    }
}

package dev.tidemark.policies.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.policies.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeTest {

    /** A Sunday. */
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void aWindowHoldsWithItsBeginningAndWithoutItsEnd() {
        Gate gate = parsed("0 12 * * * +2h");
        Instant end = NOON.plus(Duration.ofHours(2));

        assertThat(asked(gate, NOON.minusNanos(1))).isEqualTo(Admission.ADMITTED);
        assertThat(asked(gate, NOON))
                .isEqualTo(HeldBack.until(
                        end,
                        new HeldBack.Reason("Frozen", "FROZEN"),
                        "1.1.0 waits: frozen until 2026-11-22T14:00:00Z"));
        assertThat(asked(gate, end.minusNanos(1))).isInstanceOf(HeldBack.class);
        assertThat(asked(gate, end)).isEqualTo(Admission.ADMITTED);
    }

    /** Who waits is told the end of all of them, not of the first: nothing is evaluated in between for nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 12 * * * +1h; 0 13 * * * +1h | 2026-11-22T14:00:00Z",
                "0 13 * * * +1h; 0 12 * * * +1h; 0 14 * * * +30m | 2026-11-22T14:30:00Z",
                "0 12 * * * +90m; 0 13 * * * +3h | 2026-11-22T16:00:00Z",
                "0 12 * * * +3h; 30 12 * * * +1h | 2026-11-22T15:00:00Z",
                "0 12 * * * +1h; 1 13 * * * +1h | 2026-11-22T13:00:00Z",
                "0 0 * * SUN,MON +24h | 2026-11-24T00:00:00Z"
            })
    void windowsThatFollowWithoutAGapAreOne(String text, Instant end) {
        assertThat(until(parsed(text), NOON.plus(Duration.ofMinutes(30)))).contains(end);
    }

    /** One that begins anew at each end has none: it is looked at again after a hundred, frozen all the time. */
    @Test
    void aFreezeWithoutAnEndIsLookedAtAgain() {
        Gate gate = parsed("@hourly +1h");
        Instant again = NOON.plus(Duration.ofHours(100));

        assertThat(until(gate, NOON.plusSeconds(1))).contains(again);
        assertThat(until(gate, again)).contains(again.plus(Duration.ofHours(100)));
    }

    /** Of Berlin's hour: noon UTC is 13:00 there in winter and 14:00 in summer. */
    @Test
    void theZoneSaysWhatTheClockFaceMeans() {
        Gate berlin = parsed("0 13 * * * +1h Europe/Berlin");

        assertThat(until(berlin, NOON)).contains(NOON.plus(Duration.ofHours(1)));
        assertThat(until(berlin, Instant.parse("2026-07-05T12:00:00Z"))).isEmpty();
    }

    /** The clocks go back at three that Sunday: what began on Saturday at 22:00 ends at 8:00, not at 9:00. */
    @Test
    void theLengthIsElapsedTime() {
        assertThat(until(parsed("0 22 * * 6 +11h Europe/Berlin"), Instant.parse("2026-10-25T00:00:00Z")))
                .contains(Instant.parse("2026-10-25T07:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"@daily +13h | 2026-11-22T13:00:00Z", "  0   12  *  *  *   +1h30m   UTC  | 2026-11-22T13:30:00Z"})
    void readsWhatPeopleWrite(String text, Instant end) {
        assertThat(until(parsed(text), NOON)).contains(end);
    }

    @Test
    void theLongestIsAYear() {
        assertThat(until(parsed("0 0 29 2 * +8784h"), Instant.parse("2028-12-31T00:00:00Z")))
                .contains(Instant.parse("2029-03-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 12 * * *",
                "+1h",
                "0 12 * * * +1h;",
                "; 0 12 * * * +1h",
                "0 12 * * * +1h UTC UTC",
                "0 12 * * * +1h +1h",
                "0 12 * * * +0s",
                "0 12 * * * +-1h",
                "0 12 * * * +8784h1s",
                "0 12 * * * +soon",
                "0 12 * * +1h",
                "0 12 * * * +1h Nowhere/Land",
                "@every 1h +30m"
            })
    void refusesWhatIsNoWindow(String text) {
        assertThat(Freeze.KIND.parser().apply(text)).isInstanceOf(Parsed.Malformed.class);
    }

    @Test
    void listsAreFrozenToo() {
        assertThat(parsed("0 12 * * * +1h").publication(Publication.ofList(NOON)))
                .isInstanceOfSatisfying(HeldBack.class, why -> assertThat(why.sentence())
                        .isEqualTo("the new list waits: frozen until 2026-11-22T13:00:00Z"));
        assertThat(Gates.readForList(Map.of(Freeze.ANNOTATION, "0 12 * * * +1h")))
                .isInstanceOf(Gates.Reading.Valid.class);
    }

    private static Gate parsed(String text) {
        return ((Parsed.Value<Gate>) Freeze.KIND.parser().apply(text)).value();
    }

    private static Admission asked(Gate gate, Instant now) {
        return gate.publication(Publication.ofTag("1.1.0", TagFacts.UNKNOWN, now));
    }

    private static Optional<Instant> until(Gate gate, Instant now) {
        return asked(gate, now) instanceof HeldBack why ? why.until() : Optional.empty();
    }
}

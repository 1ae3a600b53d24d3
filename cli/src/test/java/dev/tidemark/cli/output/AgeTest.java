package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ages as kubectl prints them. */
class AgeTest {

    @ParameterizedTest
    @CsvSource({
        "-PT2S, <invalid>",
        "-PT1S, 0s",
        "PT0S, 0s",
        "PT45.9S, 45s",
        "PT1M59S, 119s",
        "PT2M, 2m",
        "PT2M10S, 2m10s",
        "PT9M59S, 9m59s",
        "PT10M5S, 10m",
        "PT2H59M59S, 179m",
        "PT3H, 3h",
        "PT3H1M, 3h1m",
        "PT7H59M, 7h59m",
        "PT8H30M, 8h",
        "PT47H59M, 47h",
        "P2D, 2d",
        "P5DT3H, 5d3h",
        "P7DT23H59M, 7d23h",
        "P8DT5H, 8d",
        "P729D, 729d",
        "P730D, 2y",
        "P733D, 2y3d",
        "P2919D, 7y364d",
        "P2930D, 8y",
    })
    void isAsShortAsKubectlSaysIt(Duration age, String text) {
        assertThat(Age.of(age)).isEqualTo(text);
    }

    @Test
    void withoutATimeItIsUnknown() {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");

        assertThat(Age.since("2026-01-02T03:03:20Z", now)).isEqualTo("45s");
        assertThat(Age.since("", now)).isEqualTo("<unknown>");
    }
}

package dev.tidemark.flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S, 0s",
        "30s, PT30S, 30s",
        "5m, PT5M, 5m0s",
        "1h, PT1H, 1h0m0s",
        "1h30m, PT1H30M, 1h30m0s",
        "90m, PT1H30M, 1h30m0s",
        "1.5h, PT1H30M, 1h30m0s",
        "1.5s, PT1.5S, 1.5s",
        "500ms, PT0.5S, 500ms",
        "1500ms, PT1.5S, 1.5s",
        "20us, PT0.00002S, 20µs",
        "20µs, PT0.00002S, 20µs",
        "7ns, PT0.000000007S, 7ns",
        "100h0m0.001s, PT100H0.001S, 100h0m0.001s"
    })
    void readsAndWritesAsGoDoes(String text, Duration duration, String written) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
        assertThat(GoDuration.format(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "5d", "m", "1h 30m", "PT5M", "5m!", "1e3s", "9999999999h", "five minutes"})
    void refusesWhatIsNoneAndSaysWhatToWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoDuration.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("30s, 5m or 1h30m");
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsBackWhatItWrites(long seed) {
        Random random = new Random(seed);
        Duration duration = Duration.ofNanos(random.nextLong(1L << (1 + random.nextInt(62))));
        assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
    }
}

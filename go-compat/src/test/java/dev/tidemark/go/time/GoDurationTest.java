package dev.tidemark.go.time;

import static org.assertj.core.api.Assertions.assertThat;

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
        "+0, PT0S, 0s",
        "30s, PT30S, 30s",
        "+5m, PT5M, 5m0s",
        "-5m, PT-5M, -5m0s",
        "1h, PT1H, 1h0m0s",
        "90m, PT1H30M, 1h30m0s",
        "1.5h, PT1H30M, 1h30m0s",
        ".5h, PT30M, 30m0s",
        "5.s, PT5S, 5s",
        "1500ms, PT1.5S, 1.5s",
        "20us, PT0.00002S, 20µs",
        "20µs, PT0.00002S, 20µs",
        "20μs, PT0.00002S, 20µs",
        "-7ns, PT-0.000000007S, -7ns",
        "100h0m0.001s, PT100H0.001S, 100h0m0.001s",
        "-9223372036854775808ns, PT-2562047H-47M-16.854775808S, -2562047h47m16.854775808s"
    })
    void readsAndWritesAsGoDoes(String text, Duration duration, String written) {
        assertThat(GoDuration.read(text)).hasValue(duration);
        assertThat(GoDuration.text(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "+",
                "-",
                "+-5m",
                "5 m",
                "5d",
                "m",
                ".s",
                "1h 30m",
                "PT5M",
                "5m!",
                "1e3s",
                "9999999999h",
                "9223372036854775808ns",
                "five minutes",
                "٥m"
            })
    void refusesWhatIsNone(String text) {
        assertThat(GoDuration.read(text)).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsBackWhatItWrites(long seed) {
        Random random = new Random(seed);
        Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(62));
        assertThat(GoDuration.read(GoDuration.text(duration))).hasValue(duration);
    }
}

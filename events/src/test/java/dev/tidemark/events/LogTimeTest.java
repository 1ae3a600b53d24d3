package dev.tidemark.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the JDK's parser says of a text, this one says too. */
class LogTimeTest {

    private static final int TEXTS = 50_000;
    private static final String CHARACTERS = "0123456789-:TZ.+ zt";

    @Test
    void everyTimeThatIsWrittenIsReadAsItWas() {
        Random random = new Random(7);
        for (int i = 0; i < TEXTS; i++) {
            Instant time = time(random);
            assertThat(LogTime.parse(time.toString())).isEqualTo(time);
        }
    }

    @Test
    void aTextWithOneOtherCharacterIsReadOrRefusedAsTheJdkDoes() throws IOException {
        Random random = new Random(8);
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder(time(random).toString());
            int at = random.nextInt(text.length());
            String other = String.valueOf(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            switch (random.nextInt(3)) {
                case 0 -> text.replace(at, at + 1, other);
                case 1 -> text.insert(at, other);
                default -> text.deleteCharAt(at);
            }
            assertAsTheJdk(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-01-02T03:04:05",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04:05.1234567890Z",
                "2026-02-30T03:04:05Z",
                "2024-02-29T23:59:59.999999999Z",
                "2026-01-02T24:00:00Z",
                "2026-06-30T23:59:60Z",
                "2026-13-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "+12026-01-02T03:04:05Z",
                "2026-01-02T03:04:05+01:00",
                "２０２６-01-02T03:04:05Z"
            })
    void edges(String text) throws IOException {
        assertAsTheJdk(text);
    }

    private static void assertAsTheJdk(String text) throws IOException {
        Optional<Instant> expected = jdk(text);
        assertThat(ours(text)).as(text).isEqualTo(expected);
        if (expected.isPresent()) {
            assertThat(LogJson.read(TextNode.valueOf(text), Instant.class).value())
                    .as(text)
                    .isEqualTo(expected.get());
        }
    }

    private static Optional<Instant> jdk(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException refused) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> ours(String text) {
        try {
            return Optional.of(LogTime.parse(text));
        } catch (DateTimeException refused) {
            return Optional.empty();
        }
    }

    /** Of four thousand years, with a fraction of any length or none. */
    private static Instant time(Random random) {
        long seconds = random.nextLong(-62_135_596_800L, 64_060_588_800L);
        int[] units = {1, 1_000, 1_000_000, 1_000_000_000};
        int unit = units[random.nextInt(units.length)];
        return Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000) / unit * (long) unit);
    }
}

package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeAgoTest {

    private final TimeAgo reader = new TimeAgo();

    @ParameterizedTest
    @CsvSource({
        "90m, PT1H30M",
        "1h30m, PT1H30M",
        "24h, PT24H",
        "30d, PT720H",
        "1d12h, PT36H",
        "1.5h, PT1H30M",
        "0d1s, PT1S"
    })
    void daysAndWhatGoReads(String text, Duration ago) {
        assertThat(reader.convert(text)).isEqualTo(ago);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "d", "1.5d", "-1d", "1d-2h", "0d", "0s", "-1h", "1h1d", "1w", "999999d", "yesterday"})
    void anythingElseIsNamedWithWhatToWrite(String text) {
        assertThatThrownBy(() -> reader.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a duration such as 90m, 24h or 30d");
    }
}

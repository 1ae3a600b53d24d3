package dev.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    @ParameterizedTest
    @CsvSource({
        "'', 1.4.2",
        "1.0.0, 1.4.2",
        "1.4.1, 1.4.2",
        "1.4.2, 1.4.3",
        "1.4.2 1.4.9 1.4.10, 1.4.11",
        "1.4.2 1.5.0, 1.5.1",
        "1.4.2 2.0.0 latest 1.6.0-rc.1, 1.4.3",
    })
    void pushesWhatBothPoliciesWillSelect(String tags, String next) {
        assertThat(Versions.next(List.of(tags.split(" ", -1)))).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"1.0.0 1.9.0 1.10.0 2.0.0, 1.10.0", "latest, 1.0.0"})
    void knowsTheHighestRelease(String tags, String highest) {
        assertThat(Versions.highest(List.of(tags.split(" ", -1)))).isEqualTo(highest);
    }
}

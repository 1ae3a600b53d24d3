package dev.tidemark.benchmarks.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "12, 12", "1234.6, 1235", "12.345, 12.3", "1.2345, 1.23", "0.12345, 0.123"})
    void numbersHaveThreeDigitsThatCount(double value, String shown) {
        assertThat(Table.shown(value)).isEqualTo(shown);
    }

    @Test
    void saysWhatWentWrongAndWhoDisturbed() {
        Outcome outcome = new Outcome("kill", "kill -9", "1 round", List.of(), "no push came", 1.5);

        assertThat(Table.of(outcome, Optional.empty()))
                .containsExactly(
                        "kill: kill -9",
                        "  on 1 round",
                        "  other programs took 1.5 cores meanwhile: not a quiet machine",
                        "  FAILED: no push came");
    }
}

package dev.tidemark.benchmarks.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "50, 100, 0.50",
        "100, 100, 1.00",
        "110, 100, 1.10",
        "111, 100, 1.11 worse",
        "300, 100, 3.00 worse",
        "0, 0, 1.00",
        "0, 4, 0.00",
        "2, 0, worse: was 0",
    })
    void isTheRatioOfTheMedians(double ours, double theirs, String words) {
        assertThat(compared(outcome("update", "10 updates", "ms", theirs), outcome("update", "10 updates", "ms", ours)))
                .isEqualTo(words);
    }

    @Test
    void whatDoesNotCompareIsSaid() {
        Outcome ours = outcome("update", "10 updates", "ms", 5);

        assertThat(compared(outcome("burst", "10 updates", "ms", 5), ours)).isEqualTo("not measured before");
        assertThat(compared(outcome("update", "40 updates", "ms", 5), ours))
                .isEqualTo("measured on another size before");
        assertThat(compared(outcome("update", "10 updates", "s", 5), ours)).isEqualTo("not measured before");
    }

    @Test
    void standsInTheTable() {
        Outcome ours = outcome("update", "10 updates", "ms", 300);
        Comparison comparison =
                new Comparison(new Findings(Map.of(), List.of(outcome("update", "10 updates", "ms", 100))));

        assertThat(Table.of(ours, Optional.of(comparison)))
                .anySatisfy(line -> assertThat(line).contains("webhook → commit, ms", " 300 ", "3.00 worse"));
        assertThat(Table.of(ours, Optional.empty()))
                .noneSatisfy(line -> assertThat(line).contains("theirs"));
    }

    private static String compared(Outcome earlier, Outcome ours) {
        return new Comparison(new Findings(Map.of(), List.of(earlier)))
                .of(ours, ours.measures().getFirst());
    }

    private static Outcome outcome(String name, String size, String unit, double value) {
        return new Outcome(name, "", size, List.of(Measure.of("webhook → commit", unit, value)), "", 0);
    }
}

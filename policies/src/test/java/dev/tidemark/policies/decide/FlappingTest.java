package dev.tidemark.policies.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlappingTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(1);

    @Test
    void reportsATagThatComesBack() {
        assertThat(Flapping.detect(every(10, "a", "b", "a", "b"), WINDOW))
                .isEqualTo(new Flapping.Unsteady(
                        "b", 2, List.of("a", "b", "a", "b"), START, START.plus(Duration.ofMinutes(30))));
    }

    @Test
    void isSteadyWhenNothingComesBackOrOnlyLater() {
        assertThat(Flapping.detect(List.of(), WINDOW)).isEqualTo(new Flapping.Steady());
        assertThat(Flapping.detect(every(1, "a", "b", "c", "d"), WINDOW)).isEqualTo(new Flapping.Steady());
        assertThat(Flapping.detect(every(1, "a", "a", "a"), WINDOW)).isEqualTo(new Flapping.Steady());
        assertThat(Flapping.detect(every(40, "a", "b", "a"), WINDOW)).isEqualTo(new Flapping.Steady());
    }

    @Test
    void goesByTheOrderWhenAClockWentBack() {
        assertThat(Flapping.detect(every(-10, "a", "b", "a"), WINDOW)).isInstanceOf(Flapping.Unsteady.class);
    }

    private static List<Flapping.Selected> every(int minutes, String... tags) {
        List<Flapping.Selected> selections = new ArrayList<>();
        for (String tag : tags) {
            selections.add(
                    new Flapping.Selected(tag, START.plus(Duration.ofMinutes((long) minutes * selections.size()))));
        }
        return selections;
    }
}

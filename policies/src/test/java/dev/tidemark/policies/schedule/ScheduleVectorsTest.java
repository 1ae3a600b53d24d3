package dev.tidemark.policies.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.policies.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:schedule")
class ScheduleVectorsTest {

    /** Go's zero time: never. */
    private static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");

    static Stream<VectorCase> schedules() {
        return VectorCase.of("schedule");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schedules")
    void runsWhenFluxOperatorRuns(VectorCase vector) {
        JsonNode input = vector.input();
        Duration timeout = duration(input.path("timeout").asText());
        List<Schedule> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (JsonNode entry : input.path("schedules")) {
            Parsed<Schedule> parsed = Schedule.parse(
                    entry.path("cron").asText(),
                    entry.path("timeZone").asText(),
                    duration(entry.path("window").asText()),
                    timeout);
            switch (parsed) {
                case Parsed.Value<Schedule>(Schedule schedule) -> entries.add(schedule);
                case Parsed.Malformed<Schedule>(String message) -> problems.add(message);
            }
        }
        if (vector.error()) {
            assertThat(problems).singleElement().asString().contains(vector.errorContains());
        } else {
            assertThat(problems).isEmpty();
            assertSame(vector, new Schedules(entries, timeout));
        }
    }

    private static void assertSame(VectorCase vector, Schedules schedules) {
        JsonNode expected = vector.expected();
        Instant now = OffsetDateTime.parse(vector.input().path("now").asText()).toInstant();
        Duration interval = duration(vector.input().path("interval").asText());

        assertThat(schedules.mayRun(now))
                .isEqualTo(expected.path("shouldReconcile").asBoolean());
        assertThat(schedules.intervalMayRun(now.plus(interval)))
                .isEqualTo(expected.path("shouldScheduleInterval").asBoolean());
        assertThat(schedules.next(now).map(trigger -> trigger.schedule().expression() + " " + trigger.when()))
                .isEqualTo(instant(expected.path("next").path("when"))
                        .map(when -> expected.path("next").path("cron").asText() + " " + when));
        switch (schedules.due(now, interval)) {
            case Schedules.Due.AfterInterval(Instant when) -> {
                assertThat(expected.path("nextScheduleInStatus").asBoolean()).isFalse();
                assertThat(Duration.between(now, when).toSeconds())
                        .isEqualTo(expected.path("requeueAfterSeconds").asLong());
            }
            case Schedules.Due.AtTrigger(Schedules.Trigger trigger) -> {
                assertThat(expected.path("nextScheduleInStatus").asBoolean()).isTrue();
                assertThat(Duration.between(now, trigger.when()).toSeconds())
                        .isEqualTo(expected.path("requeueAfterSeconds").asLong());
            }
            case Schedules.Due.Never() ->
                assertThat(expected.path("requeueAfterSeconds").asDouble()).isNegative();
        }
        for (int i = 0; i < schedules.entries().size(); i++) {
            Cron cron = schedules.entries().get(i).cron();
            JsonNode triggers = expected.path("triggers").get(i);
            assertThat(cron.next(now)).isEqualTo(instant(triggers.path("next")));
            // `@every` has no triggers of its own; the vector holds what a search happened to find.
            if (cron instanceof Cron.Fields) {
                assertThat(cron.previous(now)).isEqualTo(instant(triggers.path("previous")));
            }
        }
    }

    private static Optional<Instant> instant(JsonNode node) {
        return node.isTextual()
                ? Optional.of(Instant.parse(node.asText())).filter(instant -> !instant.equals(GO_ZERO))
                : Optional.empty();
    }

    private static Duration duration(String text) {
        return WrittenDuration.parse(text) instanceof Parsed.Value<Duration>(Duration duration)
                ? duration
                : Duration.ofDays(-1);
    }
}

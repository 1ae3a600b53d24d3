package dev.tidemark.evaluator.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportRouteTest {

    private static final Duration WINDOW = Duration.ofDays(30);

    @Test
    void asManyHoursAsTheLogKeeps() {
        assertThat(ExportRoute.asked("720h", WINDOW)).isEqualTo(new ExportRoute.Asked.Of(WINDOW));
        assertThat(ExportRoute.asked("720h1s", WINDOW))
                .isEqualTo(
                        new ExportRoute.Asked.Refused(
                                "the log keeps everything for 720h (tidemark.audit-window), and since is 720h1s: ask for less"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "0s", "-1h"})
    void whatIsNoTimeAgoIsRefused(String since) {
        assertThat(ExportRoute.asked(since, WINDOW))
                .isEqualTo(
                        new ExportRoute.Asked.Refused("since is a duration such as 30m or 24h, not '" + since + "'"));
    }
}

package dev.tidemark.watcher.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final Refusals refusals = new Refusals();

    @Test
    void theRepositoryThatWasRefusedWaitsAndNobodyElse() {
        refusals.refused("o/a", HALF_A_MINUTE, 0);
        assertThat(refusals.of("o/a", 0)).contains(new Permit.Refused(HALF_A_MINUTE, false));
        assertThat(refusals.of("o/b", 0)).isEmpty();
        assertThat(refusals.of("o/a", HALF_A_MINUTE.toNanos())).isEmpty();
    }

    @Test
    void aSecondRefusalMeanwhileIsTheWholeHosts() {
        refusals.refused("o/a", HALF_A_MINUTE, 0);
        refusals.refused("o/a", HALF_A_MINUTE, 0);
        assertThat(refusals.of("o/c", 0)).isEmpty();
        refusals.refused("o/b", TEN_SECONDS, 0);
        assertThat(refusals.of("o/c", 0)).contains(new Permit.Refused(TEN_SECONDS, true));
        assertThat(refusals.of("o/c", TEN_SECONDS.toNanos())).isEmpty();
        assertThat(refusals.of("o/a", TEN_SECONDS.toNanos())).isPresent();
        assertThat(refusals.isEmpty(HALF_A_MINUTE.toNanos())).isTrue();
    }

    @Test
    void aShorterWordDoesNotEndALongerOne() {
        refusals.refused("o/a", HALF_A_MINUTE, 0);
        refusals.refused("o/a", TEN_SECONDS, 0);
        assertThat(refusals.of("o/a", TEN_SECONDS.toNanos())).isPresent();
    }
}

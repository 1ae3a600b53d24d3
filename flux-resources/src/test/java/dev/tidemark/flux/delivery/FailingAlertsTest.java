package dev.tidemark.flux.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.alert.Told;
import dev.tidemark.flux.folder.SteppedClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailingAlertsTest {

    private static final ResourceId ALERT = new ResourceId("Alert", "apps", "on-call");

    private final SteppedClock clock = new SteppedClock(Told.NOW);
    private final FailingAlerts failing = new FailingAlerts(clock);

    private boolean isSaid(String message) {
        return failing.fails(ALERT, FailingAlerts.FAILED, message).isPresent();
    }

    @Test
    void reasonsThatTakeTurnsAreSaidOnceEach() {
        assertThat(isSaid("no answer")).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(isSaid("too much waits")).isTrue();
        assertThat(isSaid("no answer")).isFalse();
        assertThat(isSaid("too much waits")).isFalse();

        assertThat(failing.all())
                .containsExactly(new FailingAlert(ALERT, Told.NOW, "NotificationDispatchFailed", "too much waits", 4));
        assertThat(failing.works(ALERT)).isPresent();
        assertThat(failing.works(ALERT)).isEmpty();
        assertThat(failing.all()).isEmpty();
        assertThat(isSaid("no answer")).as("it is another failure").isTrue();
    }

    @Test
    void whoSaysSomethingElseEachTimeIsNotRepeatedWithoutEnd() {
        assertThat(IntStream.range(0, 100).filter(i -> isSaid("request " + i)).count())
                .isEqualTo(FailingAlerts.MAX_WORDS);
    }

    /** An Alert that names a blocked namespace beside its own tells of its own. */
    @Test
    void whatIsWrongWithTheAlertIsNotMendedByAnEventThatIsTold() {
        assertThat(failing.isWrong(ALERT, "blocked")).isPresent();
        assertThat(failing.works(ALERT)).isEmpty();
        assertThat(failing.isWrong(ALERT, "blocked")).isEmpty();
        assertThat(failing.all()).extracting(FailingAlert::reason).containsExactly("InvalidConfig");

        failing.forget(ALERT);
        assertThat(failing.all()).isEmpty();
    }
}

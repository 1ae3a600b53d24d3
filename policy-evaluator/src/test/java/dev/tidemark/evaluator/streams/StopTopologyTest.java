package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.ControlRequested;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emergency stop over restarts, for those who measure it. */
class StopTopologyTest {

    /** A new process does not read it again: it stands in the stores. */
    @Test
    void afterARestartListenersHearOfTheStopThatIsInForce(@TempDir Path folder) {
        try (Evaluation evaluation = new Evaluation(folder)) {
            evaluation.pass(Duration.ofSeconds(1));
            assertThat(evaluation.heard()).isEmpty();
            evaluation.halt("ann", "a bad release");

            evaluation.restart();
            evaluation.pass(Duration.ofSeconds(1));

            assertThat(evaluation.heard())
                    .singleElement()
                    .isInstanceOfSatisfying(ControlRequested.class, control -> assertThat(control.action())
                            .isEqualTo(ControlAction.HALT));
        }
    }
}

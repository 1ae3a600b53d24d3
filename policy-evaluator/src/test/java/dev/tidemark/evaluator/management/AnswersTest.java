package dev.tidemark.evaluator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.replay.LoggedRecord;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

    /** The reason of a halt is kept in the log for as long as it lasts, and shown to everybody. */
    @Test
    void whoAndWhyAreKeptWithoutLoginsAndWithoutWhatATerminalObeys() {
        assertThat(Answers.words("why", "see https://me:s3cret-word@ci.example/42\u001b[31m"))
                .isEqualTo("see https://***@ci.example/42\\u001b[31m");
        assertThatThrownBy(() -> Answers.words("why", "x".repeat(1025)))
                .hasMessageContaining("why is longer than 1024");
    }

    /** In the evaluation nothing has changed either: an answer that nothing is halted would be wrong. */
    @Test
    void aRequestOfTomorrowLeavesTheStopThatIsInForce() {
        LoggedRecord halt = asked(0, ControlAction.HALT, "ada");
        LoggedRecord newer = asked(1, ControlAction.UNKNOWN, "bob");

        assertThat(Answers.control(List.of(halt, newer)).json()).contains("\"halted\":true", "\"who\":\"ada\"");
        assertThat(Answers.control(List.of(newer)).json()).isEqualTo("{\"halted\":false}");
        assertThat(Answers.control(List.of(halt, newer, asked(2, ControlAction.LIFT, "eve")))
                        .json())
                .contains("\"halted\":false", "\"who\":\"eve\"");
    }

    private static LoggedRecord asked(long offset, ControlAction action, String who) {
        var event = new ControlRequested(ControlRequested.EVERYTHING, action, who, "why not");
        return new LoggedRecord(
                Topic.CONTROL_REQUESTED,
                0,
                offset,
                Instant.EPOCH,
                ControlRequested.EVERYTHING,
                Envelope.first(event, "test", Instant.EPOCH),
                new Withdrawal.Deleted(),
                null);
    }
}

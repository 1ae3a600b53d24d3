package dev.tidemark.evaluator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}

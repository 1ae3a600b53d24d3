package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.error.UserError;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who asked a question learns that it was not answered, whatever the reason. */
class ReportFormatTest {

    static Stream<Throwable> faults() {
        return Stream.of(new ArithmeticException("long overflow"), new OutOfMemoryError("Java heap space"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsNoDifference(Throwable fault) {
        assertThatThrownBy(() -> new ReportFormat().answer(new Terminal(), () -> fail(fault)))
                .isInstanceOfSatisfying(
                        UserError.class, said -> assertThat(said.exitCode()).isEqualTo(2))
                .hasCause(fault)
                .hasMessageStartingWith("the question cannot be answered: " + fault.getMessage() + " (unexpected: ");
    }

    private static ReportFormat.Answer fail(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) fault;
    }
}

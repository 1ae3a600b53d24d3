package dev.tidemark.gotemplates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions of commit messages. */
class CommitMessageFunctionsVectorsTest {
    private static final int CASES = 71;
    private static final TemplateEngine ENGINE =
            TemplateEngine.builder().functions(FunctionSet.commitMessage()).build();

    static Stream<Vectors.Case> cases() {
        return Vectors.of("sprig-commit-message");
    }

    @Test
    void nothingIsLeftOut() {
        assertThat(cases()).hasSize(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsSprig(Vectors.Case vector) {
        VectorCheck.check(ENGINE, vector, vector.value("data"), template -> template);
    }
}

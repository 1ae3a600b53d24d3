package dev.tidemark.gotemplates;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions of commit messages. */
@Tag("vectors:sprig-commit-message")
class CommitMessageFunctionsVectorsTest {
    private static final TemplateEngine ENGINE =
            TemplateEngine.builder().functions(FunctionSet.commitMessage()).build();

    static Stream<Vectors.Case> cases() {
        return Vectors.of("sprig-commit-message");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void behavesAsSprig(Vectors.Case vector) {
        VectorCheck.check(ENGINE, vector, vector.value("data"), template -> template);
    }
}

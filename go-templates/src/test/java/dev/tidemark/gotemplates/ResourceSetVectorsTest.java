package dev.tidemark.gotemplates;

import dev.tidemark.gotemplates.exec.MissingKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions of ResourceSets. */
@Tag("vectors:resourceset-template")
class ResourceSetVectorsTest {
    private static final TemplateEngine ENGINE = TemplateEngine.builder()
            .delimiters("<<", ">>")
            .missingKey(MissingKey.ERROR)
            .functions(FunctionSet.resourceSet())
            .build();

    static Stream<Vectors.Case> cases() {
        return Vectors.of("resourceset-template");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void behavesAsFluxOperator(Vectors.Case vector) {
        VectorCheck.check(ENGINE, vector, null, template -> template.bind("inputs", vector.value("inputs")));
    }
}

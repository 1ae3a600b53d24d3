package dev.tidemark.gotemplates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions of ResourceSets. */
class ResourceSetVectorsTest {
    private static final int CASES = 478;
    private static final TemplateEngine ENGINE = TemplateEngine.builder()
            .delimiters("<<", ">>")
            .missingKey(MissingKey.ERROR)
            .functions(FunctionSet.resourceSet())
            .build();

    static Stream<Vectors.Case> cases() {
        return Vectors.of("resourceset-template");
    }

    @Test
    void nothingIsLeftOut() {
        assertThat(cases()).hasSize(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsFluxOperator(Vectors.Case vector) {
        VectorCheck.check(ENGINE, vector, null, template -> template.bind("inputs", vector.value("inputs")));
    }
}

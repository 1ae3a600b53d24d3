package dev.tidemark.gotemplates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** text/template itself. */
class GoTemplateVectorsTest {
    private static final int CASES = 417;

    static Stream<Vectors.Case> cases() {
        return Vectors.of("go-template");
    }

    @Test
    void nothingIsLeftOut() {
        assertThat(cases()).hasSize(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsGo(Vectors.Case vector) {
        var engine = TemplateEngine.builder()
                .delimiters(vector.text("left"), vector.text("right"))
                .missingKey(
                        switch (vector.text("missingkey")) {
                            case "error" -> MissingKey.ERROR;
                            case "zero" -> MissingKey.ZERO;
                            default -> MissingKey.NO_VALUE;
                        })
                .build();
        VectorCheck.check(engine, vector, vector.value("data"), template -> template);
    }
}

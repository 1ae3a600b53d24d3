package dev.tidemark.gotemplates;

import dev.tidemark.gotemplates.exec.MissingKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** text/template itself. */
@Tag("vectors:go-template")
class GoTemplateVectorsTest {
    static Stream<Vectors.Case> cases() {
        return Vectors.of("go-template");
    }

    @ParameterizedTest(name = "{0}")
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

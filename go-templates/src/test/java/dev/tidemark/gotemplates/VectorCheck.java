package dev.tidemark.gotemplates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.gotemplates.error.TemplateException;
import dev.tidemark.gotemplates.error.TemplateExecutionException;
import dev.tidemark.gotemplates.error.TemplateParseException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs one vector and compares. */
final class VectorCheck {
    private VectorCheck() {}

    static void check(TemplateEngine engine, Vectors.Case vector, @Nullable Object data, UnaryOperator<Template> bind) {
        if (!vector.fails()) {
            String output = bind.apply(engine.parse("t", vector.template())).render(data);
            assertThat(output).isIn(vector.expected());
            return;
        }
        var failure =
                catchThrowableOfType(TemplateException.class, () -> bind.apply(engine.parse("t", vector.template()))
                        .render(data));
        assertThat(failure).as("should fail: %s", vector.errorContains()).isNotNull();
        assertThat(failure.line()).isPositive();
        assertThat(failure.column()).isPositive();
        if (!vector.errorPhase().isEmpty()) {
            assertThat(failure)
                    .isInstanceOf(
                            vector.errorPhase().equals("parse")
                                    ? TemplateParseException.class
                                    : TemplateExecutionException.class);
        }
    }
}

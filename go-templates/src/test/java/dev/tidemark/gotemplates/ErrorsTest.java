package dev.tidemark.gotemplates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.gotemplates.error.TemplateException;
import dev.tidemark.gotemplates.error.TemplateExecutionException;
import dev.tidemark.gotemplates.error.TemplateParseException;
import dev.tidemark.gotemplates.exec.MissingKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors tell where they are, what is there and what was expected. */
class ErrorsTest {
    private static final TemplateEngine ENGINE = TemplateEngine.builder()
            .functions(FunctionSet.commitMessage())
            .missingKey(MissingKey.ERROR)
            .build();

    @Test
    void ofParsing() {
        // When
        var error = catchThrowableOfType(
                TemplateParseException.class, () -> ENGINE.parse("message", "one\n  {{ .a | sortAlhpa }}"));
        // Then
        assertThat(error.template()).isEqualTo("message");
        assertThat(error.line()).isEqualTo(2);
        assertThat(error.column()).isEqualTo(11);
        assertThat(error.text()).isEqualTo("sortAlhpa");
        assertThat(error)
                .hasMessage("template: message:2:11: at <sortAlhpa>: function \"sortAlhpa\" not defined; did you mean"
                        + " \"sortAlpha\"?");
    }

    @Test
    void ofExecuting() {
        // Given
        var template = ENGINE.parse("message", "a\nb {{ if .spec.name }}x{{ end }}");
        // When
        var error =
                catchThrowableOfType(TemplateExecutionException.class, () -> template.render(Map.of("spec", Map.of())));
        // Then
        assertThat(error).hasMessage("template: message:2:9: at <.spec.name>: map has no entry for key \"name\"");
    }

    @Test
    void ofOutputBeforeTheError() throws Exception {
        // Given
        var out = new StringBuilder();
        var template = ENGINE.parse("t", "written {{ fail \"boom\" }} not");
        // When
        var error = catchThrowableOfType(TemplateExecutionException.class, () -> template.execute(null, out));
        // Then
        assertThat(error).hasMessageContaining("error calling fail: boom");
        assertThat(out).hasToString("written ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "{{ trunc \"a\" \"b\" }} ~ expected int",
                "{{ upper 5 }} ~ expected string",
                "{{ upper }} ~ want 1 got 0",
                "{{ .a.b ~ unclosed action: expected \"}}\"",
                "{{ if .a }} ~ expected {{end}} of if",
                "{{ range \"x\" }}{{ end }} ~ expected a list, a map or an integer",
                "{{ len 3 }} ~ expected a text, a list or a map",
                "{{ template x }} ~ expected the template's name in quotes",
                "{{ $x }} ~ expected one declared before"
            })
    void sayWhatWasExpected(String text, String message) {
        var error = catchThrowableOfType(
                TemplateException.class, () -> ENGINE.parse("t", text.strip()).render(null));
        assertThat(error).hasMessageContaining(message.strip());
    }
}

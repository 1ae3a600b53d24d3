package dev.tidemark.gotemplates.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.gotemplates.FunctionSet;
import dev.tidemark.gotemplates.TemplateEngine;
import dev.tidemark.gotemplates.error.TemplateBoundException;
import dev.tidemark.gotemplates.error.TemplateParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No template uses more than it may. */
class BoundsTest {
    private static TemplateEngine engine(Bounds bounds) {
        return TemplateEngine.builder()
                .functions(FunctionSet.commitMessage())
                .bounds(bounds)
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "{{until 1000000000}} ~ listLength",
                "{{untilStep 0 9223372036854775807 1}} ~ listLength",
                "{{seq 1 1000000000}} ~ listLength",
                "{{repeat 1000000000 \"ab\"}} ~ textLength",
                "{{indent 1000000000 \"ab\"}} ~ textLength",
                "{{$x := \"ab\"}}{{range 40}}{{$x = print $x $x}}{{end}} ~ textLength",
                "{{$x := list 1}}{{range 40}}{{$x = list $x $x}}{{end}}{{$x}} ~ textLength",
                "{{$x := list 1}}{{range 40}}{{$x = list $x $x}}{{end}}{{toJson $x}} ~ textLength",
                "{{$x := list 1}}{{range 40}}{{$x = list $x $x}}{{end}}{{deepEqual $x (deepCopy $x)}} ~ steps",
                "{{$d := dict}}{{$_ := set $d \"d\" $d}}{{$d}} ~ depth",
                "{{$d := dict}}{{$_ := set $d \"d\" $d}}{{toJson $d}} ~ depth",
                "{{$d := dict}}{{$_ := set $d \"d\" $d}}{{deepCopy $d}} ~ depth",
                "{{define \"r\"}}{{template \"r\" .}}{{end}}{{template \"r\"}} ~ depth",
                "{{range 1000000000}}{{end}} ~ steps",
                "{{range 1000000000}}0123456789{{end}} ~ steps",
                "{{$p := repeat 100 \"(a{10})\"}}{{regexMatch (repeat 200 \"a\") $p}}"
                        + "{{regexMatch (repeat 2000 \"a\") \"b\"}} ~ patternLength",
                "{{range 100}}{{$x := bcrypt \"a\"}}{{end}} ~ heavyCalls",
                "{{range 100}}{{$x := genPrivateKey \"rsa\"}}{{end}} ~ steps",
                "{{$s := repeat 1000000 \"a\"}}{{range 1000}}{{$x := regexReplaceAll \"(a|b)*c\" $s \"x\"}}{{end}} ~ steps",
                "{{$s := repeat 1000000 \"ab\"}}{{splitList \"a\" $s}} ~ listLength"
            })
    void stopsAtTheBound(String template, String bound) {
        // A doubling text meets the bound of its length first if that is the smaller one.
        int textLength =
                bound.strip().equals("textLength") ? 500_000 : Bounds.defaults().textLength();
        // Given
        var parsed = engine(
                        Bounds.defaults().withHeavyCalls(2).withSteps(3_000_000).withTextLength(textLength))
                .parse("t", template.strip());
        // When, Then
        assertThatThrownBy(() -> parsed.render(null))
                .isInstanceOf(TemplateBoundException.class)
                .hasMessageContaining("(bound: " + bound.strip() + ")");
    }

    @Test
    void stopsAtTheLengthOfTheOutput() {
        // Given
        var parsed = engine(Bounds.defaults().withOutputLength(1_000)).parse("t", "{{range 1000}}0123456789{{end}}");
        // When, Then
        assertThatThrownBy(() -> parsed.render(null))
                .isInstanceOf(TemplateBoundException.class)
                .hasMessageContaining("(bound: outputLength)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{if true}}", "{{with 1}}", "{{range 1}}", "{{if false}}{{else if true}}"})
    void refusesTextsThatNestTooDeep(String open) {
        // Given
        String text = open.repeat(5_000);
        // When, Then
        assertThatThrownBy(() -> engine(Bounds.defaults()).parse("t", text))
                .isInstanceOf(TemplateParseException.class)
                .hasMessageContaining("(bound: nesting)");
    }

    @Test
    void refusesTooManyParentheses() {
        assertThatThrownBy(() -> engine(Bounds.defaults()).parse("t", "{{" + "(".repeat(100_000)))
                .isInstanceOf(TemplateParseException.class)
                .hasMessageContaining("(bound: nesting)");
    }

    @Test
    void refusesTooLongTemplates() {
        assertThatThrownBy(
                        () -> engine(Bounds.defaults().withTemplateLength(10)).parse("t", "01234567890"))
                .isInstanceOf(TemplateParseException.class)
                .hasMessageContaining("(bound: templateLength)");
    }

    @Test
    void leavesTheDataAsItWas() {
        // Given
        Map<String, Object> inner = new LinkedHashMap<>(Map.of("a", 1L));
        Map<String, Object> data = Map.of("inner", inner, "list", List.of(inner));
        var template = engine(Bounds.defaults())
                .parse("t", "{{$_ := set .inner \"b\" 2}}{{$_ := unset .inner \"a\"}}{{.inner}}{{.list}}");
        // When
        String output = template.render(data);
        // Then
        assertThat(output).isEqualTo("map[b:2][map[a:1]]");
        assertThat(inner).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void severalExecutionsHaveAnAllowanceTogether() {
        // Given
        var parsed = engine(Bounds.defaults()).parse("t", "{{range 1000}}{{end}}");
        var together = new Allowance(10_000);
        parsed.render(null, together);
        // When, Then
        assertThatThrownBy(() -> {
                    for (int more = 0; more < 10; more++) {
                        parsed.render(null, together);
                    }
                })
                .isInstanceOf(TemplateBoundException.class)
                .hasMessageContaining("10000 steps in all executions together");
    }
}

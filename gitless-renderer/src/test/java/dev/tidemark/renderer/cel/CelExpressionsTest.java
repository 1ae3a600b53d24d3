package dev.tidemark.renderer.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.KubeObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelExpressionsTest {

    private static final KubeObject OBJECT = Samples.object("""
            apiVersion: example.com/v1
            kind: Thing
            metadata: {name: t, namespace: apps, generation: 3}
            spec: {size: 2, empty: null}
            status: {observedGeneration: 3, ratio: 2.0, conditions: [{type: Ready, status: "True"}]}
            own: {done: true}
            """);

    private final CelExpressions expressions = new CelExpressions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status.observedGeneration == metadata.generation                        | true
            status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')    | true
            spec.size == status.ratio                                               | true
            spec.empty == null                                                      | true
            own.done                                                                | true
            sets.contains([1, 2], [spec.size])                                      | true
            metadata.name.upperAscii() == 'T'                                       | true
            status.?phase.orValue('none') == 'none'                                 | true
            string(base64.decode('dA==')) == metadata.name                          | true
            spec.size > 2                                                           | false
            spec.missing == 1                                                       | false
            data.k == 'v'                                                           | false
            unknown.k == 'v'                                                        | false
            spec.size                                                               | false
            metadata.name                                                           | false
            """)
    void isAskedOfAnObject(String expression, boolean isTrue) {
        assertThat(expressions.problem(expression)).isEmpty();
        assertThat(expressions.isTrue(expression, OBJECT.json())).isEqualTo(isTrue);
    }

    @Test
    void whatIsNoExpressionIsSaid() {
        assertThat(expressions.problem("status.phase ==")).contains("ERROR");
    }
}

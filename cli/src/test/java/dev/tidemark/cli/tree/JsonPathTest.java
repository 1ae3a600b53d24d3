package dev.tidemark.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.flux.view.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each expectation is what {@code kubectl get -o jsonpath} prints for the same document. */
class JsonPathTest {

    private static final Tree DOCUMENT = Tree.parse("""
            kind: ImagePolicy
            metadata:
              name: my-app
              labels:
                app.kubernetes.io/name: x
            spec:
              range: ">=1.0.0"
              suspend: false
              limit: 100
              share: 1.5e-7
            status:
              latestImage: ghcr.io/my-org/my-app:1.4.2
              empty:
              conditions:
                - {type: Stalled, status: "False", weight: 1}
                - {type: Ready, status: "True", weight: 2}
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{.status.latestImage} | ghcr.io/my-org/my-app:1.4.2",
                ".status.latestImage | ghcr.io/my-org/my-app:1.4.2",
                "{$.kind} | ImagePolicy",
                "{@.kind} | ImagePolicy",
                "{['metadata'].name} | my-app",
                "{.metadata['name']} | my-app",
                "{.metadata.labels.app\\.kubernetes\\.io/name} | x",
                "{.metadata.labels['app.kubernetes.io/name']} | x",
                "{.spec['limit','suspend']} | 100 false",
                "{.status.conditions[0].type} | Stalled",
                "{.status.conditions[-1].type} | Ready",
                "{.status.conditions[*].type} | Stalled Ready",
                "{.status.conditions[0:1].type} | Stalled",
                "{.status.conditions[1:].type} | Ready",
                "{.status.conditions[?(@.type==\"Ready\")].status} | True",
                "{.status.conditions[?(@.type != 'Ready')].status} | False",
                "{.status.conditions[?(@.weight>1)].type} | Ready",
                "{.status.conditions[?(@.reason)].type} | ``",
                "{..type} | Stalled Ready",
                "{.spec.share} | 1.5e-07",
                "{.spec.*} | >=1.0.0 false 100 1.5e-07",
                "{.status.conditions[0]} | {\"status\":\"False\",\"type\":\"Stalled\",\"weight\":1}",
                "{.status.missing} | ``",
                "{.status.missing[0].x} | ``",
                "{.kind}/{.metadata.name} | ImagePolicy/my-app",
                "{.kind .metadata.name} | ImagePolicymy-app",
                "name: {.metadata.name}! | name: my-app!",
                "{range .status.conditions[*]}{.type}={.status};{end} | Stalled=False;Ready=True;",
                "{.kind}{\"\\t\"}{.metadata.name} | ImagePolicy\tmy-app",
            })
    void printsAsKubectlDoes(String template, String expected) {
        assertThat(JsonPath.parse(template).print(DOCUMENT.members())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{.status | '}' is missing",
                "{.status[} | an index, a name in quotes, * or a filter is expected",
                "{.a[?(@.b} | ')' is missing",
                "{range .a} | {range} without {end}",
                "{end} | {end} without {range}",
                "{#} | an expression such as {.status.latestImage} is expected",
                "{.a..} | the name of a field is expected",
                "{.a['b} | ''' is missing",
            })
    void saysWhatIsWrongAndWhere(String template, String reason) {
        assertThatThrownBy(() -> JsonPath.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at character ")
                .hasMessageEndingWith(reason);
    }

    @Test
    void aRangeSeesItsOwnValueAndTheRoot() {
        String template = "{range .status.conditions[*]}{@.type} of {$.metadata.name}{\"\\n\"}{end}";

        assertThat(JsonPath.parse(template).print(DOCUMENT.members()))
                .isEqualTo("Stalled of my-app\nReady of my-app\n");
    }
}

package dev.tidemark.flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {

    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                         | true",
                "{matchLabels: {app: web}}                                                  | true",
                "{matchLabels: {app: web, tier: front}}                                     | true",
                "{matchLabels: {app: web, tier: back}}                                      | false",
                "{matchLabels: {zone: a}}                                                   | false",
                "{matchExpressions: [{key: app, operator: In, values: [api, web]}]}         | true",
                "{matchExpressions: [{key: app, operator: In, values: [api]}]}              | false",
                "{matchExpressions: [{key: zone, operator: In, values: [a]}]}               | false",
                "{matchExpressions: [{key: app, operator: NotIn, values: [api]}]}           | true",
                "{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}           | false",
                "{matchExpressions: [{key: zone, operator: NotIn, values: [a]}]}            | true",
                "{matchExpressions: [{key: app, operator: Exists}]}                         | true",
                "{matchExpressions: [{key: zone, operator: Exists}]}                        | false",
                "{matchExpressions: [{key: zone, operator: DoesNotExist}]}                  | true",
                "{matchExpressions: [{key: app, operator: DoesNotExist}]}                   | false",
                "{matchLabels: {app: web}, matchExpressions: [{key: tier, operator: DoesNotExist}]} | false",
            })
    void selectsAsKubernetesDoes(String selector, boolean selected) throws Exception {
        assertThat(FluxJson.json()
                        .treeToValue(FluxJson.readYaml(selector), LabelSelector.class)
                        .matches(LABELS))
                .isEqualTo(selected);
    }

    @Test
    void refusesAnOperatorThatKubernetesDoesNotKnow() throws Exception {
        var selector = FluxJson.json()
                .treeToValue(
                        FluxJson.readYaml("{matchExpressions: [{key: app, operator: Like, values: [w]}]}"),
                        LabelSelector.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.matches(LABELS))
                .withMessageContaining("\"Like\" is not a valid label selector operator");
    }
}

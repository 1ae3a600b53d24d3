package dev.tidemark.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

    private static final Map<String, String> LABELS =
            Map.of("resourceset.fluxcd.io/name", "my-app", "tier", "web", "empty", "");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "resourceset.fluxcd.io/name=my-app | true",
                "tier==web | true",
                "tier = web | true",
                "tier=db | false",
                "tier!=db | true",
                "tier!=web | false",
                "other!=x | true",
                "tier | true",
                "other | false",
                "!other | true",
                "!tier | false",
                "empty= | true",
                "tier in (web, db) | true",
                "tier in (db) | false",
                "tier notin (db,api) | true",
                "other notin (db) | true",
                "other in (db) | false",
                "tier=web,resourceset.fluxcd.io/name=my-app | true",
                "tier in (web,db),!other | true",
                "tier=web,other | false",
            })
    void selectsAsKubectlDoes(String selector, boolean selected) {
        assertThat(LabelSelector.parse(selector).test(LABELS)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=x", "a=b,", "a in b", "a b", "a=b=c", "-a"})
    void refusesWhatItCannotRead(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(selector))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write key=value");
    }
}

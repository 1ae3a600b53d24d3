package dev.tidemark.renderer.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.renderer.domain.yaml.InvalidYamlException;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The typing rules of flux-gitless 2.4 and 6.3. */
class GoYamlDocumentsTest {

    private final YamlDocuments yaml = new GoYamlDocuments();

    @ParameterizedTest
    @CsvSource({
        "1.10, 1.1",
        "0777, 511",
        "0o17, 15",
        "0x1F, 31",
        "0b11, 3",
        "1e3, 1000",
        "1_000, 1000",
        "08, 8",
        "-5, -5",
        "+7, 7",
        ".5, 0.5",
        "1., 1",
        "1234567, 1234567",
        "-0b101, -5"
    })
    void numbers(String text, double expected) {
        assertThat(value(text)).isInstanceOfSatisfying(Number.class, n -> assertThat(n.doubleValue())
                .isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.4.2",
                "2024-01-02",
                "12:30",
                "sha256:0123",
                "12e4567",
                "<no value>",
                "_1",
                "1.2.3-rc.1",
                "v1",
                "yEs",
                "!!str 12",
                "'1'",
                "\"true\"",
                "0xg",
                "2001-12-14t21:59:43.10-05:00"
            })
    void texts(String text) {
        assertThat(value(text)).isInstanceOf(String.class);
    }

    @Test
    void booleansAndNulls() {
        assertThat(List.of("y", "Yes", "on", "TRUE"))
                .allSatisfy(t -> assertThat(value(t)).isEqualTo(true));
        assertThat(List.of("n", "No", "off", "FALSE"))
                .allSatisfy(t -> assertThat(value(t)).isEqualTo(false));
        assertThat(List.of("", "~", "null", "NULL"))
                .allSatisfy(t -> assertThat(value(t)).isNull());
    }

    @Test
    void theLastOfEqualKeysCountsAndKeysBecomeText() {
        assertThat(yaml.first("a: 1\na: 2\n1: x\ntrue: y")).isEqualTo(Map.of("a", 2L, "1", "x", "true", true));
    }

    @Test
    void mergeKeysAreMerged() {
        assertThat(yaml.first("base: &b {x: 1}\nmore:\n  <<: *b\n  z: 2"))
                .isEqualTo(Map.of("base", Map.of("x", 1L), "more", Map.of("x", 1L, "z", 2L)));
    }

    @Test
    void laterDocumentsAreNotLookedAt() {
        assertThat(yaml.first("a: b\n---\n[broken")).isEqualTo(Map.of("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: *x", "a: .inf", "a: .nan", "a: >=1.0", "a: b: c", "kind: [", "<<: 1"})
    void whatIsNotYamlOrHasNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> yaml.first(text)).isInstanceOf(InvalidYamlException.class);
    }

    @Test
    void aBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a" + i + ": &a" + i + " [")
                    .append(("*a" + (i - 1) + ",").repeat(10))
                    .append("]\n");
        }

        assertThatThrownBy(() -> yaml.first(bomb.toString())).hasMessageContaining("aliases");
    }

    @Test
    void aDeepNestIsRefused() {
        assertThatThrownBy(() -> yaml.first("[".repeat(100_000))).isInstanceOf(InvalidYamlException.class);
    }

    private @Nullable Object value(String text) {
        Map<String, @Nullable Object> wanted = new HashMap<>();
        if (yaml.first("k: " + text) instanceof Map<?, ?> map) {
            wanted.put("k", map.get("k"));
        }
        return wanted.get("k");
    }
}

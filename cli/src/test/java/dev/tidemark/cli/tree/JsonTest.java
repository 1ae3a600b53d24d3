package dev.tidemark.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.view.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void writesEveryKindOfValue() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "a \"quoted\" \\ line\nand\ttab \u0001 ü");
        map.put("number", 1.5);
        map.put("flag", true);
        map.put("list", List.of(1, Map.of(), List.of()));

        assertThat(Json.compact(map))
                .isEqualTo("{\"text\":\"a \\\"quoted\\\" \\\\ line\\nand\\ttab \\u0001 ü\","
                        + "\"number\":1.5,\"flag\":true,\"list\":[1,{},[]]}");
    }

    @Test
    void indentsAsKubectlDoes() {
        assertThat(Json.pretty(Map.of("a", List.of(Map.of("b", 1)))))
                .isEqualTo("{\n    \"a\": [\n        {\n            \"b\": 1\n        }\n    ]\n}");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, Object> map = Map.of("a", List.of("1", "true", "line\nbreak", 2L, false));

        assertThat(Tree.parse(Json.pretty(map)).members()).isEqualTo(map);
        assertThat(Tree.parse(Yaml.write(map)).members()).isEqualTo(map);
    }
}

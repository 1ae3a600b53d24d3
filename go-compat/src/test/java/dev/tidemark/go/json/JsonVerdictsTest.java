package dev.tidemark.go.json;

import static dev.tidemark.go.verdicts.Verdicts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.go.verdicts.Verdicts;
import dev.tidemark.go.yaml.write.YamlWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON and YAML as Go's programs recorded them, byte for byte, see {@code src/test/go/values}. */
class JsonVerdictsTest {

    @Test
    void quotesTextsAsGoDoes() {
        Verdicts.check("json-texts.txt", fields -> {
            String text = text(fields.getFirst());
            String difference = difference(text, fields.get(1), JsonText.quoted(text, true));
            return difference.isEmpty() ? difference(text, fields.get(2), JsonText.quoted(text, false)) : difference;
        });
    }

    @Test
    void readsAndWritesNumbersAndMapsAsKubernetesDoes() {
        Verdicts.check("json-values.txt", fields -> {
            String document = text(fields.getFirst());
            Object value = JsonReader.whole(Utf8.bytes(document), JsonReader.Numbers.KUBERNETES, JsonReader.Bound.NONE);
            String difference = difference(document, fields.get(1), JsonWriter.compact(value));
            return difference.isEmpty() ? difference(document, fields.get(2), JsonWriter.indented(value)) : difference;
        });
    }

    @Test
    void writesTextsOfYamlAsGoDoes() {
        Verdicts.check("yaml-texts.txt", fields -> {
            String text = text(fields.getFirst());
            return difference(text, fields.getLast(), YamlWriter.render(text));
        });
    }

    @Test
    void aStructKeepsItsOrderAndAMapIsSorted() {
        Struct struct = new Struct(Map.of("b", 1L));
        struct.put("a", List.of(Map.of("z", 1L, "y", 2L)));
        assertThat(JsonWriter.compact(struct)).isEqualTo("{\"b\":1,\"a\":[{\"y\":2,\"z\":1}]}");
        assertThat(JsonWriter.indented(struct)).startsWith("{\n    \"b\": 1,\n    \"a\": [\n        {\n");
        assertThat(YamlWriter.render(struct)).isEqualTo("a:\n- \"y\": 2\n  z: 1\nb: 1\n");
    }

    @Test
    void whatJsonLacksIsRefused() {
        assertThatThrownBy(() -> JsonWriter.compact(List.of(Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("json: unsupported value: NaN");
        assertThatThrownBy(() -> YamlWriter.render(Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("json: unsupported value: +Inf");
    }

    private static String difference(String about, String base64, String here) {
        String go = text(base64);
        return Arrays.equals(Utf8.bytes(go), Utf8.bytes(here)) ? "" : "%s: Go %s, here %s".formatted(about, go, here);
    }
}

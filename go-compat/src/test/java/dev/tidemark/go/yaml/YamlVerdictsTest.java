package dev.tidemark.go.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every text of {@link YamlTexts}, seeds 0 to 7,999, is read as Go reads it: accepted or refused, with the same values,
 * and with scalars in the same places. The verdicts were recorded by {@code src/test/go/yaml-verdicts}.
 */
class YamlVerdictsTest {

    private static final int CASES = 8_000;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final List<String> differences = new ArrayList<>();

    @Test
    void everyTextIsReadAsGoReadsIt() throws IOException {
        int seed = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Objects.requireNonNull(YamlVerdictsTest.class.getResourceAsStream("verdicts.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode verdict = JSON.readTree(line);
                byte[] bytes = Base64.getDecoder().decode(verdict.path("text").asText());
                assertThat(bytes)
                        .as("text of a seed")
                        .isEqualTo(YamlTexts.text(seed).getBytes(StandardCharsets.UTF_8));
                compare(seed++, bytes, verdict);
            }
        }
        assertThat(seed).isEqualTo(CASES);
        assertThat(differences).isEmpty();
    }

    private void compare(int seed, byte[] bytes, JsonNode verdict) {
        String text;
        try {
            text = YamlBytes.decode(bytes);
        } catch (YamlException broken) {
            check(
                    seed,
                    "bytes",
                    verdict.path("v2").has("error") && verdict.path("v3").has("error"),
                    true);
            return;
        }
        if (text.indexOf(Chars.BYTE_ORDER_MARK) == 0) {
            return; // a second byte order mark: Go drops a character of each line
        }
        expect(seed, verdict.path("sigs"), YamlVerdictsTest::first, text);
        expectCount(seed, verdict.path("v2"), text);
        expect(seed, verdict.path("v3"), YamlVerdictsTest::all, text);
        if (verdict.has("scalars")) {
            List<String> go = new ArrayList<>();
            verdict.path("scalars").forEach(scalar -> go.add(scalar.toString()));
            check(seed, "scalars", go, scalars(text));
        }
    }

    private void expect(int seed, JsonNode go, BiFunction<String, YamlDialect, @Nullable Object> read, String text) {
        String dialect = go.isArray() ? "v3" : "sigs";
        boolean refused = go.size() == 1 && go.path("error").isTextual();
        if (refused && go.path("error").asText().startsWith("ambiguous")) {
            return;
        }
        try {
            Object value = read.apply(text, YamlDialect.KUBERNETES);
            check(seed, dialect, refused ? "refused: " + go : value(go), value);
        } catch (YamlException broken) {
            check(seed, dialect, refused, true);
        }
    }

    private static @Nullable Object first(String text, YamlDialect dialect) {
        return YamlReader.first(text, dialect);
    }

    private static Object all(String text, YamlDialect ignored) {
        List<@Nullable Object> values = new ArrayList<>();
        YamlReader reader = new YamlReader(text, YamlDialect.KYAML);
        for (YamlReader.Document next = reader.next(); next != null; next = reader.next()) {
            values.add(next.value());
        }
        return values;
    }

    /** yaml.v2 also reads what has no JSON form. */
    private void expectCount(int seed, JsonNode go, String text) {
        int count = 0;
        try {
            Composer composer = new Composer(text, YamlDialect.KUBERNETES);
            while (composer.next() != null) {
                count++;
            }
            if (go.isInt() || go.isIntegralNumber()) {
                check(seed, "v2", go.asInt(), count);
            }
        } catch (YamlException broken) {
            check(seed, "v2", go.has("error"), true);
        }
    }

    private static List<String> scalars(String text) {
        List<String> scalars = new ArrayList<>();
        YamlParser parser = new YamlParser(text, YamlDialect.KYAML);
        for (YamlEvent event = parser.next(); event != null; event = parser.next()) {
            if (event instanceof YamlEvent.Scalar scalar && !scalar.value().isEmpty()) {
                Mark start = scalar.start();
                int lineStart = start.offset() - start.column() + 1;
                scalars.add(JSON.createArrayNode()
                        .add(start.line())
                        .add(text.codePointCount(lineStart, start.offset()) + 1)
                        .add(scalar.style().name().substring(0, 1).toLowerCase(java.util.Locale.ROOT))
                        .add(scalar.value())
                        .toString());
            }
        }
        return scalars;
    }

    private void check(int seed, String what, @Nullable Object go, @Nullable Object ours) {
        if (!Objects.equals(go, ours)) {
            differences.add("seed %d, %s: Go %s, here %s".formatted(seed, what, go, ours));
        }
    }

    /** As Kubernetes takes JSON: a whole number that fits is a Long, any other number a Double. */
    private static @Nullable Object value(JsonNode json) {
        if (json.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            json.forEach(entry -> list.add(value(entry)));
            return list;
        }
        if (json.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            json.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
            return map;
        }
        if (json.isNumber()) {
            return json.isIntegralNumber() && json.bigIntegerValue().bitLength() < Long.SIZE
                    ? (Object) json.longValue()
                    : (Object) json.doubleValue();
        }
        return json.isBoolean() ? (Object) json.booleanValue() : json.isNull() ? null : json.textValue();
    }
}

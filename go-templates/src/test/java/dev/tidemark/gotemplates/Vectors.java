package dev.tidemark.gotemplates;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.go.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The reference vectors: what the Go programs computed. */
public final class Vectors {
    /** A number of any length is its case's business, not the file's. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private Vectors() {}

    /** One case, shown by its id. */
    public record Case(String id, JsonNode input, JsonNode whole) {
        String template() {
            return input.get("template").asText();
        }

        @Nullable
        Object value(String name) {
            return Vectors.value(input.path(name));
        }

        public String text(String name) {
            return input.path(name).asText("");
        }

        public boolean fails() {
            return whole.path("error").asBoolean();
        }

        String errorPhase() {
            return whole.path("error_phase").asText("");
        }

        String errorContains() {
            return whole.path("error_contains").asText("");
        }

        /** All outputs that are right. */
        List<String> expected() {
            JsonNode expected = whole.get("expected");
            if (expected.has("any_of")) {
                return StreamSupport.stream(expected.get("any_of").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
            }
            return List.of(
                    expected.has("base64")
                            ? Utf8.string(Base64.getDecoder()
                                    .decode(expected.get("base64").asText()))
                            : expected.asText());
        }

        @Override
        public String toString() {
            return id;
        }
    }

    public static Stream<Case> of(String file) {
        try (InputStream in = open(file)) {
            var cases = new ArrayList<Case>();
            for (JsonNode node : JSON.readTree(in).get("cases")) {
                cases.add(new Case(node.get("id").asText(), node.get("input"), node));
            }
            return cases.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the folder that the system property names, as {@code ./tidemark test --vectors} does, else the committed. */
    private static InputStream open(String family) throws IOException {
        String folder = System.getProperty("tidemark.vectors");
        return folder == null
                ? Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + family + ".json"), family)
                : Files.newInputStream(Path.of(folder, family + ".json"));
    }

    /** JSON as templates hold it: whole numbers are Go's int64, others float64. */
    static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
            return map;
        }
        if (node.isArray()) {
            var list = new ArrayList<@Nullable Object>();
            node.forEach(element -> list.add(value(element)));
            return list;
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.asLong() : node.asDouble();
        }
        return node.isTextual() ? node.asText() : node.isBoolean() ? (Object) node.asBoolean() : null;
    }
}

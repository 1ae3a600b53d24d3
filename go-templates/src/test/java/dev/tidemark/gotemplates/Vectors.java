package dev.tidemark.gotemplates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.go.text.Utf8;
import dev.tidemark.go.verdicts.VectorCase;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The reference vectors: what the Go programs computed. */
public final class Vectors {
    private Vectors() {}

    /** One case, shown by its id. */
    public record Case(VectorCase vector) {
        JsonNode input() {
            return vector.input();
        }

        public JsonNode expected(String name) {
            return vector.expected().path(name);
        }

        String template() {
            return input().get("template").asText();
        }

        @Nullable
        Object value(String name) {
            return Vectors.value(input().path(name));
        }

        public String text(String name) {
            return input().path(name).asText("");
        }

        public boolean fails() {
            return vector.error();
        }

        String errorPhase() {
            return vector.json().path("error_phase").asText("");
        }

        String errorContains() {
            return vector.errorContains();
        }

        /** All outputs that are right. */
        List<String> expected() {
            JsonNode expected = vector.expected();
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
            return vector.toString();
        }
    }

    public static Stream<Case> of(String family) {
        return VectorCase.of(family).map(Case::new);
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
            return node.numberValue();
        }
        return node.isTextual() ? node.asText() : node.isBoolean() ? (Object) node.asBoolean() : null;
    }
}

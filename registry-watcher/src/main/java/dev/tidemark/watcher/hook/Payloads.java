package dev.tidemark.watcher.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON that anybody may have sent. */
final class Payloads {

    private static final JsonMapper FIRST = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .build();

    private static final JsonMapper WHOLE = FIRST.rebuild()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Payloads() {}

    /** One JSON value and nothing else, or empty. */
    static Optional<JsonNode> parse(byte[] body) {
        return parse(WHOLE, body);
    }

    /** The JSON value that the body begins with, or empty. */
    static Optional<JsonNode> parseFirst(byte[] body) {
        return parse(FIRST, body);
    }

    /** The members of the object that the body begins with, as conditions see them; null has none. Else empty. */
    static Optional<Map<String, @Nullable Object>> members(byte[] body) {
        return parseFirst(body).filter(json -> json.isObject() || json.isNull()).map(Payloads::members);
    }

    private static Map<String, @Nullable Object> members(JsonNode object) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return members;
    }

    /** Whole numbers are {@link Long}: CEL has no other. One that is too large for that is a {@link Double}. */
    private static @Nullable Object value(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> members(json);
            case ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                json.forEach(element -> elements.add(value(element)));
                yield elements;
            }
            case BOOLEAN -> json.asBoolean();
            case NUMBER ->
                json.isIntegralNumber() && json.canConvertToLong() ? (Object) json.asLong() : (Object) json.asDouble();
            case STRING -> json.asText();
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    private static Optional<JsonNode> parse(JsonMapper json, byte[] body) {
        try {
            JsonNode node = json.readTree(body);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}

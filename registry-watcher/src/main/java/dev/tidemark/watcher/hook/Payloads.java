package dev.tidemark.watcher.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

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

    private static Optional<JsonNode> parse(JsonMapper json, byte[] body) {
        try {
            JsonNode node = json.readTree(body);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}

package dev.tidemark.committer.setters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The grammar of markers (flux-git-based 16.1): a comment that is exactly one JSON object of strings. */
final class Marker {

    /** What a file must contain, as bytes, to be scanned. */
    static final String TOKEN = "\"$imagepolicy\"";

    private static final String SHORT = "$imagepolicy";
    private static final String LONG = "$ref";
    private static final String LONG_PREFIX = "#/definitions/io.k8s.cli.setters.";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Marker() {}

    /** The marker's value, from a comment with its {@code #}. */
    static Optional<String> valueOf(String comment) {
        int start = 0;
        while (start < comment.length() && comment.charAt(start) == '#') {
            start++;
        }
        String json = comment.substring(start).strip();
        if (!json.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode object = MAPPER.readTree(json);
            for (JsonNode member : object) {
                if (!member.isTextual() && !member.isNull()) {
                    return Optional.empty();
                }
            }
            String value = object.path(SHORT).asText("");
            if (object.path(SHORT).isNull() || value.isEmpty()) {
                String reference = object.path(LONG).asText("");
                value = reference.startsWith(LONG_PREFIX) ? reference.substring(LONG_PREFIX.length()) : "";
            }
            return value.isEmpty() ? Optional.empty() : Optional.of(decoded(value));
        } catch (JsonProcessingException | IllegalArgumentException noMarker) {
            return Optional.empty();
        }
    }

    /** The value is part of a URL reference, so percent escapes count; a plus sign is itself. */
    private static String decoded(String value) {
        return value.indexOf('%') < 0 ? value : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the API server answers.
 *
 * @param body the object, or the {@code Status} that says what is wrong; missing where it is no JSON
 */
record Answer(int code, JsonNode body) {

    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int GONE = 410;
    static final int INVALID = 422;

    boolean isSuccess() {
        return code >= 200 && code < 300;
    }

    /** What it says to people. */
    String message() {
        String said = body.path("message").asText("");
        return said.isEmpty() ? "HTTP " + code : said;
    }

    String resourceVersion() {
        return body.path("metadata").path("resourceVersion").asText("");
    }
}

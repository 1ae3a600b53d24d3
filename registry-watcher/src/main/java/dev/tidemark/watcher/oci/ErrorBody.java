package dev.tidemark.watcher.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.io.InputStream;

/** What a registry's error answer says about itself. */
final class ErrorBody {

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_TEXT = 200;

    private ErrorBody() {}

    /** {@code ": CODE: message"} of the first error, or nothing when there is none to be read. */
    static String read(InputStream body) {
        JsonNode error = first(body);
        String code = clean(error.path("code").asText(""));
        String message = clean(error.path("message").asText(""));
        return code.isEmpty() ? "" : ": " + code + (message.isEmpty() ? "" : ": " + message);
    }

    /** The first error's code, or nothing. */
    static String code(InputStream body) {
        return clean(first(body).path("code").asText(""));
    }

    private static JsonNode first(InputStream body) {
        try {
            return FluxJson.json()
                    .readTree(body.readNBytes(MAX_BYTES))
                    .path("errors")
                    .path(0);
        } catch (IOException notReadable) {
            return FluxJson.json().missingNode();
        }
    }

    /** Text from outside ends up in logs and conditions: one short line. */
    private static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "…" : line;
    }
}

package dev.tidemark.flux.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Sends one request to GitHub's API, over whatever way leads there. Follows no redirect. */
@FunctionalInterface
public interface GitHubApi {

    /**
     * @param method GET or POST; a body there is none
     * @return what was answered, be it a refusal
     */
    Answer ask(String method, URI address, Map<String, String> headers) throws IOException, InterruptedException;

    /**
     * What GitHub said.
     *
     * @param body an empty object where it is no JSON
     */
    record Answer(int status, JsonNode body) {

        public static Answer of(int status, String text) {
            try {
                JsonNode read = FluxJson.json().readTree(text);
                return new Answer(status, read.isObject() ? read : JsonNodeFactory.instance.objectNode());
            } catch (IOException noJson) {
                return new Answer(status, JsonNodeFactory.instance.objectNode());
            }
        }
    }
}

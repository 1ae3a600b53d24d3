package dev.tidemark.flux.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one request of a notification; tries again what may go better. */
@FunctionalInterface
public interface Transport {

    /**
     * @param json null for a request without a body
     */
    record Outgoing(
            String method,
            URI address,
            Map<String, String> headers,
            @Nullable String json) {

        public Outgoing {
            headers = Map.copyOf(headers);
        }

        static Outgoing post(URI address, JsonNode json) {
            return new Outgoing("POST", address, Map.of(), json.toString());
        }

        static Outgoing get(URI address) {
            return new Outgoing("GET", address, Map.of(), null);
        }

        Outgoing with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Outgoing(method, address, more, json);
        }

        /** Headers and address hold tokens. */
        @Override
        public String toString() {
            return method + " to " + address.getHost();
        }
    }

    /**
     * @return the body of the answer, which was one of success
     * @throws IOException saying what went wrong, without a secret
     */
    String send(Outgoing request) throws IOException, InterruptedException;

    /** An answer that has to be JSON. */
    static JsonNode json(String answer) throws IOException {
        try {
            return FluxJson.json().readTree(answer);
        } catch (JsonProcessingException other) {
            throw new IOException("the answer is not JSON: look whether the address is the right one", other);
        }
    }
}

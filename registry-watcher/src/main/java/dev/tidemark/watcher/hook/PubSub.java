package dev.tidemark.watcher.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;

/** Google's envelope around a registry's event (flux-git-based 18.3, {@code gcr}). */
final class PubSub {

    private static final String BEARER = "Bearer ";

    private PubSub() {}

    /** Both keys of the Secret are mandatory: without them any Google account could knock. */
    static boolean accepts(HookRequest request, Trust trust) {
        String authorization = request.header("Authorization");
        return !trust.audience().isEmpty()
                && !trust.email().isEmpty()
                && authorization.startsWith(BEARER)
                && event(request.body()).isPresent()
                && trust.idTokens().prove(authorization.substring(BEARER.length()), trust.audience(), trust.email());
    }

    /** The event inside: a JSON object in base64. Empty for anything else. */
    static Optional<byte[]> event(byte[] body) {
        JsonNode message = Payloads.parseFirst(body)
                .map(envelope -> envelope.path("message"))
                .orElseGet(MissingNode::getInstance);
        try {
            JsonNode published = message.path("publishTime");
            if (!published.isMissingNode() && !published.isNull()) {
                var unused = OffsetDateTime.parse(published.asText());
            }
            byte[] event = Base64.getDecoder().decode(message.path("data").asText(""));
            return Payloads.parse(event).filter(JsonNode::isObject).map(object -> event);
        } catch (DateTimeException | IllegalArgumentException notAnEnvelope) {
            return Optional.empty();
        }
    }
}

package dev.tidemark.watcher.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidemark.flux.FluxJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Google's envelope around a registry's event (flux-git-based 18.3, {@code gcr}). */
final class PubSub {

    private static final String BEARER = "Bearer ";

    private static final Shape ENVELOPE = Shape.object(Map.of(
            "message",
            Shape.object(Map.of(
                    "data", Shape.TEXT,
                    "messageid", Shape.TEXT,
                    "publishtime", GoTime.SHAPE,
                    "subscription", Shape.TEXT))));

    private static final List<String> MEMBERS = List.of("action", "digest", "tag");
    private static final Shape EVENT =
            Shape.object(Map.of("action", Shape.TEXT, "digest", Shape.TEXT, "tag", Shape.TEXT));

    private PubSub() {}

    /** Both keys of the Secret are mandatory: without them any Google account could knock. */
    static boolean accepts(HookRequest request, Trust trust) {
        String authorization = request.header("Authorization");
        return !trust.audience().isBlank()
                && !trust.email().isBlank()
                && authorization.startsWith(BEARER)
                && event(request.body()).isPresent()
                && trust.idTokens().prove(authorization.substring(BEARER.length()), trust.audience(), trust.email());
    }

    /** The event inside, with the members that count and no other; empty for anything else. */
    static Optional<byte[]> event(byte[] body) {
        return Json.first(body).filter(ENVELOPE::fits).flatMap(PubSub::inside);
    }

    private static Optional<byte[]> inside(Json envelope) {
        Json message = envelope.fields(List.of("message")).get("message");
        Json data = message == null ? null : message.fields(List.of("data")).get("data");
        return Json.whole(GoBase64.decode(data == null ? "" : data.text()))
                .filter(EVENT::fits)
                .map(PubSub::members);
    }

    private static byte[] members(Json event) {
        Map<String, Json> fields = event.fields(MEMBERS);
        Map<String, String> members = new LinkedHashMap<>();
        MEMBERS.forEach(name -> {
            Json value = fields.get(name);
            members.put(name, value == null ? "" : value.text());
        });
        try {
            return FluxJson.json().writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }
}

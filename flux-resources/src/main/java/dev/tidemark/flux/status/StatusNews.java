package dev.tidemark.flux.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What a status says that the one before did not, and people are told: another readiness, a stall, one more failed try. */
public record StatusNews(EventRecorder.Type type, String reason, String message) {

    private static final String READY = "Ready";
    private static final String STALLED = "Stalled";
    private static final String RECONCILING = "Reconciling";

    /** Compares the conditions of two statuses; of a missing one there are none. */
    public static Optional<StatusNews> between(JsonNode before, JsonNode after) {
        JsonNode then = before.path("conditions");
        JsonNode now = after.path("conditions");
        JsonNode ready = condition(now, READY);
        if (changed(READY, then, now)) {
            return Optional.of(of(ready));
        }
        if (changed(STALLED, then, now)) {
            return Optional.of(of(condition(now, STALLED)));
        }
        return isBad(ready) && changed(RECONCILING, then, now) ? Optional.of(of(ready)) : Optional.empty();
    }

    private static StatusNews of(JsonNode condition) {
        return new StatusNews(
                isBad(condition) ? EventRecorder.Type.WARNING : EventRecorder.Type.NORMAL,
                condition.path("reason").asText(),
                condition.path("message").asText());
    }

    private static boolean changed(String type, JsonNode before, JsonNode now) {
        JsonNode condition = condition(now, type);
        return !condition.isMissingNode() && !says(condition).equals(says(condition(before, type)));
    }

    private static boolean isBad(JsonNode condition) {
        return condition.path("status").asText().equals("False")
                || condition.path("type").asText().equals(STALLED);
    }

    private static JsonNode condition(JsonNode conditions, String type) {
        return StreamSupport.stream(conditions.spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static List<String> says(JsonNode condition) {
        return List.of(
                condition.path("status").asText(),
                condition.path("reason").asText(),
                condition.path("message").asText());
    }
}

package dev.tidemark.flux.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What a status says that the one before did not, and people are told: another readiness, a stall, one more failed try. */
public record StatusNews(EventRecorder.Type type, String reason, String message) {

    /** Whoever uses what they find tells what became of it: that they found something else is routine. */
    private static final Set<Kind<?>> SOURCES = Set.of(Kinds.IMAGE_REPOSITORY, Kinds.RESOURCE_SET_INPUT_PROVIDER);

    private static final String PUSHED = "lastPushCommit";

    private static final String READY = "Ready";
    private static final String STALLED = "Stalled";
    private static final String RECONCILING = "Reconciling";

    /** Compares the conditions of two statuses; of a missing one there are none. */
    public static Optional<StatusNews> between(Kind<?> kind, JsonNode before, JsonNode after) {
        JsonNode then = before.path("conditions");
        JsonNode now = after.path("conditions");
        JsonNode ready = condition(now, READY);
        if (changed(READY, then, now)) {
            if (isPush(before, after, ready) || stillWaits(condition(then, READY), ready)) {
                return Optional.empty();
            }
            boolean still = status(ready).equals("True")
                    && status(condition(then, READY)).equals("True");
            return still ? stillReady(kind, ready) : Optional.of(of(ready));
        }
        if (changed(STALLED, then, now)) {
            return Optional.of(of(condition(now, STALLED)));
        }
        return isBad(ready) && changed(RECONCILING, then, now) ? Optional.of(of(ready)) : Optional.empty();
    }

    /** Whoever pushes tells that, with the commit. */
    private static boolean isPush(JsonNode before, JsonNode after, JsonNode ready) {
        return status(ready).equals("True") && !after.path(PUSHED).equals(before.path(PUSHED));
    }

    /** That something waits is told once; for what, its status says (flux-gitless 2.7). */
    private static boolean stillWaits(JsonNode then, JsonNode now) {
        return status(now).equals("Unknown")
                && status(then).equals("Unknown")
                && now.path("reason").equals(then.path("reason"));
    }

    /** Ready as before, with other words. That a run over a set went well is told with what it changed. */
    private static Optional<StatusNews> stillReady(Kind<?> kind, JsonNode ready) {
        StatusNews news = of(ready);
        if (kind.equals(Kinds.RESOURCE_SET)) {
            return Optional.empty();
        }
        return Optional.of(
                SOURCES.contains(kind)
                        ? new StatusNews(EventRecorder.Type.ROUTINE, news.reason(), news.message())
                        : news);
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
        return status(condition).equals("False")
                || condition.path("type").asText().equals(STALLED);
    }

    private static String status(JsonNode condition) {
        return condition.path("status").asText();
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

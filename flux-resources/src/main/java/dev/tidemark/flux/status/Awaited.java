package dev.tidemark.flux.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a status can wait for more to be said of its resource. It cannot where somebody waits for it: for another
 * readiness, a generation or a request that is answered; nor where it says what nobody could work out again, such as what
 * was pushed or applied.
 */
public final class Awaited {

    /** Of all kinds. */
    private static final List<String> MEMBERS = List.of(
            "observedGeneration", "lastHandledReconcileAt", "lastPushCommit", "lastAppliedRevision", "inventory");

    private Awaited() {}

    /** Compares two statuses; a first one is always waited for. */
    public static boolean between(JsonNode before, JsonNode after) {
        if (!before.isObject()) {
            return true;
        }
        return MEMBERS.stream().anyMatch(member -> !member(before, member).equals(member(after, member)))
                || !conditions(before).equals(conditions(after));
    }

    private static JsonNode member(JsonNode status, String name) {
        return status.hasNonNull(name) ? status.path(name) : MissingNode.getInstance();
    }

    /** Without their words: that there are more tags than before can wait. */
    private static Map<String, List<String>> conditions(JsonNode status) {
        Map<String, List<String>> conditions = new HashMap<>();
        for (JsonNode condition : status.path("conditions")) {
            conditions.put(
                    condition.path("type").asText(),
                    List.of(
                            condition.path("status").asText(),
                            condition.path("reason").asText(),
                            condition.path("observedGeneration").asText()));
        }
        return conditions;
    }
}

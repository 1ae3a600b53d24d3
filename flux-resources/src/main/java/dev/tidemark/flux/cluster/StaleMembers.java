package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;

/** What stands in an object beside what is wanted there. */
final class StaleMembers {

    private StaleMembers() {}

    /** The merge patch that makes of what is there what is wanted. */
    static ObjectNode replacing(JsonNode there, JsonNode wanted) {
        ObjectNode patch = wanted.deepCopy();
        lay(of(there, wanted), patch);
        return patch;
    }

    private static void lay(ObjectNode removal, ObjectNode patch) {
        removal.properties().forEach(member -> {
            if (member.getValue() instanceof ObjectNode inner
                    && patch.path(member.getKey()) instanceof ObjectNode under) {
                lay(inner, under);
            } else {
                patch.set(member.getKey(), member.getValue());
            }
        });
    }

    /** The merge patch that removes them; empty where there are none. What is wanted and not there is no leftover. */
    static ObjectNode of(JsonNode there, JsonNode wanted) {
        ObjectNode removal = FluxJson.json().createObjectNode();
        there.properties().forEach(member -> {
            JsonNode want = wanted.path(member.getKey());
            if (want.isMissingNode()) {
                removal.putNull(member.getKey());
            } else if (want.isObject() && member.getValue().isObject()) {
                ObjectNode inner = of(member.getValue(), want);
                if (!inner.isEmpty()) {
                    removal.set(member.getKey(), inner);
                }
            } else if (want.isArray() && member.getValue().size() > want.size()) {
                removal.set(member.getKey(), want);
            }
        });
        return removal;
    }
}

package dev.tidemark.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a value held that this build does not understand: members and constants that a newer one has written. Whoever writes
 * the value again, changed, writes it along, so that nothing is lost while two builds run side by side.
 */
public final class Unread {

    private final JsonNode raw;
    private final JsonNode known;

    /**
     * @param raw the value as it was read
     * @param known the same as this build would write it
     */
    Unread(JsonNode raw, JsonNode known) {
        this.raw = raw;
        this.known = known;
    }

    /** What is to be written now, with what was not understood. */
    JsonNode with(JsonNode now) {
        return merge(raw, known, now);
    }

    /** What this build has not changed stays as it was read; of an object that changed, each member by itself. */
    private static JsonNode merge(JsonNode read, JsonNode understood, JsonNode now) {
        if (now.equals(understood)) {
            return read;
        }
        if (!(read instanceof ObjectNode before && now instanceof ObjectNode after && understood.isObject())) {
            return now;
        }
        ObjectNode merged = after.objectNode();
        before.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode known = understood.get(name);
            JsonNode written = after.get(name);
            if (written != null) {
                merged.set(name, known == null ? written : merge(member.getValue(), known, written));
            } else if (known == null) {
                merged.set(name, member.getValue());
            }
        });
        after.properties().forEach(member -> merged.putIfAbsent(member.getKey(), member.getValue()));
        return merged;
    }
}

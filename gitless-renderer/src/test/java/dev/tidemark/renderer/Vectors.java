package dev.tidemark.renderer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The values in vectors. */
public final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    /** A JSON value as Java sees it after {@link dev.tidemark.renderer.domain.Json#copy}; whole numbers are Long. */
    public static Object value(JsonNode node) {
        Object raw = JSON.convertValue(node, Object.class);
        return Whole.numbers(raw);
    }
}

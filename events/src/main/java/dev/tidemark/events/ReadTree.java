package dev.tidemark.events;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads a text as a tree whose numbers are as Kubernetes holds those of JSON, 64 bits where a whole number fits, else a double,
 * and are written again with the digits that they were read with: those that nobody here understands may be longer, or more exact, than any number that we have.
 */
final class ReadTree {

    /** No whole number of 64 bits has more characters. */
    private static final int LONGEST = 20;

    private static final JsonNodeFactory NODES = new LongNumbers();

    private final JsonParser json;

    private ReadTree(JsonParser json) {
        this.json = json;
    }

    /** @throws IOException for what is not one JSON value */
    static JsonNode of(JsonParser json) throws IOException {
        if (json.nextToken() == null) {
            throw new JsonParseException(json, "nothing is there");
        }
        JsonNode tree = new ReadTree(json).value();
        if (json.nextToken() != null) {
            throw new JsonParseException(json, "more than one value");
        }
        return tree;
    }

    private JsonNode value() throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> NODES.textNode(json.getText());
            case VALUE_NUMBER_INT -> whole(json.getText());
            case VALUE_NUMBER_FLOAT -> real(json.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(json, "not a value");
        };
    }

    private ObjectNode object() throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode array() throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private static JsonNode whole(String digits) {
        if (digits.length() > LONGEST) {
            return real(digits);
        }
        try {
            NumericNode number = NODES.numberNode(Long.parseLong(digits));
            return number.asText().equals(digits) ? number : new ReadNumber(number, digits);
        } catch (NumberFormatException beyond) {
            return real(digits);
        }
    }

    private static JsonNode real(String digits) {
        return new ReadNumber(NODES.numberNode(Double.parseDouble(digits)), digits);
    }
}

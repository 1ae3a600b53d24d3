package dev.tidemark.flux.folder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The documents of a manifest's text that is JSON. */
final class JsonManifests {

    private JsonManifests() {}

    /** Where a value begins, and where those in it are; of equal names the last one counts. */
    private static final class Place {
        private final int line;
        private final Map<Object, Place> parts = new HashMap<>();

        private Place(int line) {
            this.line = line;
        }
    }

    /** Empty if the text is no JSON, or has a number that JSON readers refuse. */
    static List<ManifestDocument> read(String text) {
        try {
            List<Place> places = places(text);
            List<ManifestDocument> documents = new ArrayList<>();
            try (JsonParser parser = FluxJson.json().createParser(text)) {
                while (parser.nextToken() != null) {
                    Place place = places.get(documents.size());
                    JsonNode value = FluxJson.json().readTree(parser);
                    if (hasInfinite(value)) {
                        return List.of();
                    }
                    documents.add(new ManifestDocument(
                            value, place.line, path -> line(place, path), Collections.emptyNavigableMap()));
                }
            }
            return documents;
        } catch (IOException noJson) {
            return List.of();
        }
    }

    /** Beyond the largest double Go has no number; in YAML, as which it is read then, such a word is a text. */
    private static boolean hasInfinite(JsonNode node) {
        return node.isNumber()
                ? Double.isInfinite(node.doubleValue())
                : node.valueStream().anyMatch(JsonManifests::hasInfinite);
    }

    /** Read once for all questions: to look for each line anew costs the square of the text. */
    private static List<Place> places(String text) throws IOException {
        List<Place> places = new ArrayList<>();
        try (JsonParser parser = FluxJson.json().createParser(text)) {
            while (parser.nextToken() != null) {
                places.add(place(parser, line(parser)));
            }
        }
        return places;
    }

    /** @param line of its name, where it has one */
    private static Place place(JsonParser parser, int line) throws IOException {
        Place place = new Place(line);
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int at = line(parser);
                parser.nextToken();
                place.parts.put(name, place(parser, at));
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                place.parts.put(place.parts.size(), place(parser, line(parser)));
            }
        }
        return place;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static int line(Place document, List<Object> path) {
        Place here = document;
        for (Object step : path) {
            Place next = here.parts.get(step);
            if (next == null) {
                return here.line;
            }
            here = next;
        }
        return here.line;
    }
}

package dev.tidemark.flux.folder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The documents of a manifest's text that is JSON. */
final class JsonManifests {

    private JsonManifests() {}

    /** Empty if the text is no JSON. */
    static List<ManifestDocument> read(String text) {
        List<ManifestDocument> documents = new ArrayList<>();
        try (JsonParser parser = FluxJson.json().createParser(text);
                MappingIterator<JsonNode> values =
                        FluxJson.json().readerFor(JsonNode.class).readValues(parser)) {
            while (values.hasNextValue()) {
                int number = documents.size();
                documents.add(new ManifestDocument(
                        values.nextValue(), line(text, number, List.of()), path -> line(text, number, path), Map.of()));
            }
            return documents;
        } catch (IOException noJson) {
            return List.of();
        }
    }

    /** Looked for when it is asked, which is for problems only. */
    private static int line(String text, int number, List<Object> path) {
        try (JsonParser parser = FluxJson.json().createParser(text)) {
            parser.nextToken();
            for (int i = 0; i < number; i++) {
                parser.skipChildren();
                parser.nextToken();
            }
            int line = parser.currentTokenLocation().getLineNr();
            for (Object step : path) {
                if (!(step instanceof Integer index ? toItem(parser, index) : toMember(parser, String.valueOf(step)))) {
                    return line;
                }
                line = parser.currentTokenLocation().getLineNr();
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    parser.nextToken();
                }
            }
            return line;
        } catch (IOException impossibleNow) {
            return 1;
        }
    }

    private static boolean toMember(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (name.equals(parser.currentName())) {
                return true;
            }
            parser.nextToken();
            parser.skipChildren();
        }
        return false;
    }

    private static boolean toItem(JsonParser parser, int index) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return false;
        }
        int at = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (at++ == index) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}

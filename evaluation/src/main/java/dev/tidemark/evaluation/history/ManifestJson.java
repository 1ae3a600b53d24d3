package dev.tidemark.evaluation.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A manifest as JSON. */
final class ManifestJson {

    static final String FORMAT = "tidemark-range-manifest/v1";

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestJson() {}

    static byte[] write(RangeManifest manifest) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("format", FORMAT);
        json.put("sha256", manifest.sha256());
        json.put("bytes", manifest.bytes());
        json.put("records", manifest.records());
        json.put("linesPerBlock", RangeManifest.LINES_PER_BLOCK);
        manifest.blocks().forEach(json.putArray("blocks")::add);
        return MAPPER.writeValueAsBytes(json);
    }

    static RangeManifest read(byte[] bytes) throws IOException, RangeParser.MalformedException {
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JsonProcessingException broken) {
            throw new RangeParser.MalformedException("it is no JSON");
        }
        String format = json.path("format").asText();
        if (!format.equals(FORMAT)) {
            throw new RangeParser.MalformedException("its format is '" + format + "' and this version reads " + FORMAT);
        }
        if (json.path("linesPerBlock").asInt() != RangeManifest.LINES_PER_BLOCK) {
            throw new RangeParser.MalformedException("its blocks have not " + RangeManifest.LINES_PER_BLOCK + " lines");
        }
        List<String> blocks = new ArrayList<>();
        for (JsonNode block : json.path("blocks")) {
            blocks.add(sha256(block));
        }
        return new RangeManifest(
                sha256(json.path("sha256")), number(json.path("bytes")), number(json.path("records")), blocks);
    }

    private static String sha256(JsonNode node) throws RangeParser.MalformedException {
        if (!SHA_256.matcher(node.asText()).matches()) {
            throw new RangeParser.MalformedException("a SHA-256 is missing or has not 64 digits");
        }
        return node.asText();
    }

    private static long number(JsonNode node) throws RangeParser.MalformedException {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
            throw new RangeParser.MalformedException("its bytes or records are no number");
        }
        return node.asLong();
    }
}

package dev.tidemark.policies;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the reference vectors: what the established Go programs computed for our inputs. */
public final class Vectors {

    /** A number of any length is its case's business, not the file's. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Vectors() {}

    /** One case; its text form is its id, so that a failure names it. */
    public record Case(
            String id, JsonNode input, JsonNode expected, boolean error, String errorContains, String phase) {
        @Override
        public String toString() {
            return id;
        }
    }

    public static Stream<Case> cases(String family) {
        try (InputStream file = open(family)) {
            JsonNode cases = JSON.readTree(file).path("cases");
            return StreamSupport.stream(cases.spliterator(), false).map(Vectors::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the folder that the system property names, as {@code ./tidemark test --vectors} does, else the committed. */
    private static InputStream open(String family) throws IOException {
        String folder = System.getProperty("tidemark.vectors");
        return folder == null
                ? Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + family + ".json"), family)
                : Files.newInputStream(Path.of(folder, family + ".json"));
    }

    private static Case read(JsonNode node) {
        return new Case(
                node.path("id").asText(),
                node.path("input"),
                node.path("expected"),
                node.path("error").asBoolean(),
                node.path("error_contains").asText(),
                node.path("error_phase")
                        .asText(node.path("expected").path("phase").asText()));
    }

    public static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}

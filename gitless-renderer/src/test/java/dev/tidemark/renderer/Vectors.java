package dev.tidemark.renderer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.testkit.vectors.VectorSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Cases whose outputs the established implementation computed. */
public final class Vectors {

    /** Integers of any size stay what they are: one beyond 64 bits is its case's business, not the file's. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private Vectors() {}

    /** One case; its text form names it in a failure. */
    public record Case(JsonNode json) {
        @Override
        public String toString() {
            return json.path("id").asText() + ' ' + json.path("note").asText();
        }
    }

    public static Stream<Case> of(String family) {
        try (InputStream in = VectorSource.open(family)) {
            JsonNode cases = JSON.readTree(in).path("cases");
            return StreamSupport.stream(cases.spliterator(), false).map(Case::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON value as Java sees it after {@link dev.tidemark.renderer.domain.Json#copy}; whole numbers are Long. */
    public static Object value(JsonNode node) {
        Object raw = JSON.convertValue(node, Object.class);
        return Whole.numbers(raw);
    }
}

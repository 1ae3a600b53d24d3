package dev.tidemark.go.verdicts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import dev.tidemark.go.json.JsonNumber;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where tests find the shared vectors: those that the module has committed, or those of a folder that stands in for them,
 * as {@code ./tidemark test --vectors DIR} names one. Their numbers are read as Go reads them.
 */
final class VectorFiles {

    /** The system property that names the folder. */
    private static final String FOLDER = "tidemark.vectors";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .nodeFactory(new Numbers())
            .build();

    private VectorFiles() {}

    static Stream<VectorCase> cases(String family) {
        try (InputStream file = open(family)) {
            return cases(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<VectorCase> cases(InputStream file) throws IOException {
        return JSON.readTree(file).path("cases").valueStream().map(VectorCase::new);
    }

    private static InputStream open(String family) throws IOException {
        String folder = System.getProperty(FOLDER);
        if (folder != null) {
            return Files.newInputStream(Path.of(folder, family + ".json"));
        }
        InputStream committed = VectorFiles.class.getResourceAsStream("/vectors/" + family + ".json");
        if (committed == null) {
            throw new FileNotFoundException("no vectors/" + family + ".json among the resources of the tests");
        }
        return committed;
    }

    /** 64 bits where a whole number fits, else a double, which is infinite where none is large enough. */
    private static final class Numbers extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public NumericNode numberNode(int value) {
            return numberNode((long) value);
        }

        @Override
        public ValueNode numberNode(@Nullable BigInteger value) {
            return value == null
                    ? nullNode()
                    : JsonNumber.value(value) instanceof Long whole
                            ? numberNode(whole.longValue())
                            : numberNode(value.doubleValue());
        }
    }
}

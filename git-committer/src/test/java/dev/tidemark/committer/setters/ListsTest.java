package dev.tidemark.committer.setters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.committer.domain.ObjectKey;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.flux.ImageRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists at a file's root, and markers on what names an object: the same scalars as Flux, under the same names. */
class ListsTest {

    private static final List<Policy> POLICIES = List.of(
            new Policy("apps", "p", new ImageRef("img/x", "2.0.0", null)),
            new Policy("apps", "k", new ImageRef("pod", "List", null)));

    static Stream<JsonNode> verdicts() throws IOException {
        try (InputStream recorded = Objects.requireNonNull(ListsTest.class.getResourceAsStream("/lists.json"))) {
            return StreamSupport.stream(new ObjectMapper().readTree(recorded).spliterator(), false).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void changesWhatFluxChanges(JsonNode verdict) {
        String before = verdict.path("input").asText();

        TreeUpdate update =
                new YamlSetters().apply(new TextTree(Map.of("f.yaml", before), Map.of()), null, "apps", POLICIES);

        assertThat(update.changes().stream().map(ListsTest::text).sorted())
                .isEqualTo(StreamSupport.stream(verdict.path("changes").spliterator(), false)
                        .map(change -> change.asText().substring(change.asText().indexOf('|')))
                        .sorted()
                        .toList());
        if (verdict.has("error")) {
            assertThat(update.findings()).as("upstream fails the whole run").isNotEmpty();
        }
    }

    private static String text(SetterChange change) {
        ObjectKey object = change.object();
        return "|%s/%s/%s/%s|%s|%s|%s"
                .formatted(
                        object.apiVersion(),
                        object.kind(),
                        object.namespace(),
                        object.name(),
                        change.oldValue(),
                        change.newValue(),
                        change.setter());
    }
}

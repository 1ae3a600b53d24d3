package dev.tidemark.gotemplates.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.gotemplates.function.FunctionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ranges of {@code semverCompare} against what Go's library computed. */
class SemverRangeTest {
    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = SemverRangeTest.class.getResourceAsStream("/vectors/semver-range.json")) {
            assertThat(in).isNotNull();
            JsonNode cases = new ObjectMapper().readTree(in).get("cases");
            assertThat(cases).hasSize(256);
            return StreamSupport.stream(cases.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithGo(JsonNode vector) {
        String constraint = vector.get("input").get("constraint").asText();
        if (vector.path("error").asBoolean()) {
            assertThatThrownBy(() -> SemverRange.parse(constraint)).isInstanceOf(FunctionException.class);
            return;
        }
        SemverRange range = SemverRange.parse(constraint);
        var satisfying = new ArrayList<String>();
        vector.get("expected").get("satisfying").forEach(v -> satisfying.add(v.asText()));
        var found = new ArrayList<String>();
        var rejected = new ArrayList<String>();
        for (String list : new String[] {"satisfying", "rejected"}) {
            vector.get("expected")
                    .get(list)
                    .forEach(v -> (range.contains(SemverVersion.parse(v.asText())) ? found : rejected).add(v.asText()));
        }
        assertThat(found).as(constraint).containsExactlyElementsOf(satisfying);
        assertThat(rejected).hasSize(vector.get("expected").get("rejected").size());
    }
}

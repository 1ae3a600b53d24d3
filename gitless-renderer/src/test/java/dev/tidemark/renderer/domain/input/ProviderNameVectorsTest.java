package dev.tidemark.renderer.domain.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.policies.inputs.InputId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of input-keys.json. */
@Tag("vectors:input-keys")
class ProviderNameVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("input-keys");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees(VectorCase given) {
        JsonNode example = given.json();
        String name = example.path("input").path("name").asText();
        assertThat(ProviderName.normalised(name))
                .isEqualTo(example.path("expected").path("normalizedKey").asText());
        assertThat(InputId.of(name))
                .isEqualTo(example.path("expected").path("id").asText());
    }
}

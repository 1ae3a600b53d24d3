package dev.tidemark.policies.select;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.TagFilter;
import dev.tidemark.go.verdicts.VectorCase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:policy-select")
class PolicySelectVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("policy-select");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void selectsWhatFluxSelectsAfterAScan(VectorCase vector) {
        List<String> tags = VectorCase.texts(vector.input().path("tags"));

        Compilation compilation =
                TagPolicy.compile(new PolicySpec(SelectionVectors.rule(vector.input()), TagFilter.NONE));

        switch (compilation) {
            case Compilation.Invalid invalid -> {
                assertThat(vector.phase()).isEqualTo("policy");
                assertThat(invalid.message()).contains(vector.errorContains());
            }
            case Compilation.Compiled(TagPolicy policy) -> {
                JsonNode latest = vector.expected().path("latest_after_scan_sort");
                String outcome = SelectionVectors.outcome(policy.select(tags));
                if (vector.error()) {
                    assertThat(vector.phase()).isEqualTo("select");
                    assertThat(outcome).contains(vector.errorContains());
                } else {
                    assertThat(outcome).isEqualTo(latest.asText());
                }
                assertThat(policy.select(tags.reversed())).isEqualTo(policy.select(tags));
            }
        }
    }
}

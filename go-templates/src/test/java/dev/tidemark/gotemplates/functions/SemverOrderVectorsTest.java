package dev.tidemark.gotemplates.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.go.verdicts.VectorCase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of what {@code semver} reads. */
@Tag("vectors:semver-order")
class SemverOrderVectorsTest {

    static Stream<VectorCase> cases() {
        return VectorCase.of("semver-order");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void ordersVersionsAsGo(VectorCase vector) {
        List<List<String>> groups = vector.expected()
                .path("ascending_groups")
                .valueStream()
                .map((JsonNode group) -> VectorCase.texts(group))
                .toList();
        for (int a = 0; a < groups.size(); a++) {
            for (int b = 0; b < groups.size(); b++) {
                int order = Integer.compare(a, b);
                for (String left : groups.get(a)) {
                    for (String right : groups.get(b)) {
                        assertThat(Asked.text("(semver .a).Compare (semver .b)", Map.of("a", left, "b", right)))
                                .as("%s and %s", left, right)
                                .isEqualTo(Integer.toString(order));
                    }
                }
            }
        }
    }
}

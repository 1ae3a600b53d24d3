package dev.tidemark.policies.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.policies.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:rsip-filter")
class InputFilterVectorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<VectorCase> filters() {
        return VectorCase.of("rsip-filter");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void exportsWhatFluxOperatorExports(VectorCase vector) {
        JsonNode input = vector.input();
        Map<String, @Nullable Object> defaults = defaults(input.path("defaultValues"));
        if (input.path("type").asText().equals("Static")) {
            assertExported(vector, ExportedInputs.ofStatic(input.path("uid").asText(), defaults));
            return;
        }

        switch (TagListPolicy.compile(filter(input.path("filter")))) {
            case Parsed.Malformed<TagListPolicy>(String message) -> {
                assertThat(vector.phase()).isEqualTo("provider");
                assertThat(message).contains(vector.errorContains());
            }
            case Parsed.Value<TagListPolicy>(TagListPolicy policy) -> {
                ExportedInputs exported = ExportedInputs.ofTags(
                        policy.select(VectorCase.texts(input.path("tags"))), InputFilterVectorsTest::digest, defaults);
                if (vector.phase().equals("panic")) {
                    // Where the original crashes on a null default, null is exported (spec flux-gitless 6).
                    assertThat(exported.inputs()).singleElement().satisfies(one -> assertThat(one)
                            .containsEntry("z", null));
                } else {
                    assertExported(vector, exported);
                }
            }
        }
    }

    private static void assertExported(VectorCase vector, ExportedInputs exported) {
        assertThat(vector.error()).isFalse();
        JsonNode expected = vector.expected().path("exportedInputs");
        JsonNode actual = JSON.valueToTree(exported.inputs());
        assertThat(expected.equals(InputFilterVectorsTest::compareNumbers, actual))
                .as("expected %s%n but was %s", expected, actual)
                .isTrue();
        assertThat(exported.revision())
                .isEqualTo(vector.expected().path("lastExportedRevision").asText());
    }

    private static int compareNumbers(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) : a.equals(b) ? 0 : 1;
    }

    private static Map<String, @Nullable Object> defaults(JsonNode node) {
        Map<String, @Nullable Object> defaults = new HashMap<>();
        node.properties()
                .forEach(entry -> defaults.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
        return defaults;
    }

    private static PolicyRule.TagList filter(JsonNode node) {
        return new PolicyRule.TagList(
                PatternSlot.last(
                        text(node, "includeBranch"), text(node, "includeTag"), text(node, "includeEnvironment")),
                PatternSlot.last(
                        text(node, "excludeBranch"), text(node, "excludeTag"), text(node, "excludeEnvironment")),
                text(node, "semver"),
                node.path("limit").asInt(),
                Map.of());
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }

    private static String digest(String tag) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(tag.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

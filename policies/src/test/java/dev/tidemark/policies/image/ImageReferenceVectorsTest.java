package dev.tidemark.policies.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.go.verdicts.VectorCase;
import dev.tidemark.policies.Parsed;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors:image-ref")
class ImageReferenceVectorsTest {

    static Stream<VectorCase> references() {
        return VectorCase.of("image-ref");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("references")
    void parsesReferences(VectorCase vector) {
        String text = vector.input().path("ref").asText();

        assertReference(ImageReference.parse(text), vector.expected().path("parse"), false);
        assertReference(ImageReference.parse(text), vector.expected().path("parse_insecure"), true);
        assertReference(ImageReference.parseStrict(text), vector.expected().path("parse_strict"), false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("references")
    void parsesFieldsThatNameARepository(VectorCase vector) {
        String text = vector.input().path("ref").asText();

        assertRepository(
                ImageReference.parseImageField(text), vector.expected().path("imagerepository"), "canonicalImageName");
        assertRepository(RepositoryName.parseOciAddress(text), vector.expected().path("oci_repository"), "name");
    }

    private static void assertReference(Parsed<ImageReference> parsed, JsonNode expected, boolean insecure) {
        switch (parsed) {
            case Parsed.Malformed<ImageReference>(String message) -> assertError(expected, message);
            case Parsed.Value<ImageReference>(ImageReference reference) -> {
                assertThat(expected.path("error").asBoolean()).isFalse();
                assertThat(reference.digest() == null ? "tag" : "digest")
                        .isEqualTo(expected.path("kind").asText());
                assertThat(reference.repository().registry())
                        .isEqualTo(expected.path("registry").asText());
                assertThat(reference.repository().repository())
                        .isEqualTo(expected.path("repository").asText());
                assertThat(reference.identifier())
                        .isEqualTo(expected.path("identifier").asText());
                assertThat(reference.name()).isEqualTo(expected.path("name").asText());
                assertThat(reference.original())
                        .isEqualTo(expected.path("string").asText());
                assertThat(reference.repository().canonical())
                        .isEqualTo(expected.path("canonicalImageName").asText());
                assertThat(insecure || reference.repository().isPlainHttpHost() ? "http" : "https")
                        .isEqualTo(expected.path("scheme").asText());
            }
        }
    }

    private static void assertRepository(Parsed<RepositoryName> parsed, JsonNode expected, String nameField) {
        switch (parsed) {
            case Parsed.Malformed<RepositoryName>(String message) -> assertError(expected, message);
            case Parsed.Value<RepositoryName>(RepositoryName repository) -> {
                assertThat(expected.path("error").asBoolean()).isFalse();
                assertThat(repository.registry())
                        .isEqualTo(expected.path("registry").asText());
                assertThat(repository.repository())
                        .isEqualTo(expected.path("repository").asText());
                assertThat(repository.canonical())
                        .isEqualTo(expected.path(nameField).asText());
                assertThat(repository.isPlainHttpHost() ? "http" : "https")
                        .isEqualTo(expected.path("scheme").asText());
            }
        }
    }

    private static void assertError(JsonNode expected, String message) {
        assertThat(expected.path("error").asBoolean()).as(message).isTrue();
        assertThat(message).contains(expected.path("error_contains").asText());
    }
}

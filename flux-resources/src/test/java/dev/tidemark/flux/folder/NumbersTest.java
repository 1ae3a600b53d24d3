package dev.tidemark.flux.folder;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ResourceSetSpec;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that 64 bits do not hold, in YAML and in JSON: read as Kubernetes reads them, or refused where they stand. */
class NumbersTest {

    private static final String SET = """
            {"apiVersion": "fluxcd.controlplane.io/v1", "kind": "ResourceSet",
             "metadata": {"name": "a", "namespace": "apps"},
             "spec": {"inputs": [{"n": %s}],
              "resourcesTemplate": "x"}}
            """;

    private static final String PROVIDER = """
            {"apiVersion": "fluxcd.controlplane.io/v1", "kind": "ResourceSetInputProvider",
             "metadata": {"name": "a", "namespace": "apps"},
             "spec": {"type": "OCIArtifactTag", "url": "oci://ghcr.io/o/a",
              "filter": {
               "limit": %s},
              "defaultValues": {"n": 123456789012345678901234567890}}}
            """;

    private static ManifestReader.Content read(String file, String text) {
        return ManifestReader.read(file, text, true);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775808, 9.223372036854775807E18",
        "123456789012345678901234567890, 1.2345678901234568E29",
        "-123456789012345678901234567890, -1.2345678901234568E29",
        "0.1, 0.1",
        "1.0, 1",
        "1e3, 1000",
        "-0, 0",
        "-0.0, 0",
        "1e18, 1000000000000000000",
        "1e19, 1.0E19",
        "2.5e300, 2.5E300",
    })
    void inputsHoldThem(String written, String number) {
        Number expected =
                number.contains("E") || number.contains(".") ? Double.valueOf(number) : (Number) Long.valueOf(number);
        for (String file : new String[] {"a.json", "a.yaml"}) {
            String text = file.endsWith("json") ? SET.formatted(written) : "# YAML\n" + SET.formatted(written);
            assertThat(input(read(file, text))).isEqualTo(expected);
        }
    }

    /** No double is so large: in YAML it is a word then, as which JSON that is no JSON is read too. */
    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400"})
    void whatNoDoubleHoldsIsAText(String written) {
        assertThat(input(read("a.json", SET.formatted(written)))).isEqualTo(written);
        assertThat(input(read("a.yaml", "# YAML\n" + SET.formatted(written)))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012345678901234567890", "9223372036854775808", "1e300", "1e400", "1.5"})
    void aWordIsMeantInAnotherPlace(String written) {
        for (String text : new String[] {PROVIDER.formatted(written), "# YAML\n" + PROVIDER.formatted(written)}) {
            var content = read("a.json", text);
            assertThat(content.declared()).isEmpty();
            assertThat(content.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.where()).isEqualTo("a.json:" + (text.startsWith("#") ? 6 : 5));
                assertThat(problem.message()).contains("spec.filter.limit");
            });
        }
    }

    @Test
    void aLargeNumberInAnUnknownPlaceCostsNothing() throws IOException {
        String policy = """
                {"apiVersion": "image.toolkit.fluxcd.io/v1", "kind": "ImagePolicy",
                 "metadata": {"name": "a", "namespace": "apps", "generation": 123456789012345678901234567890},
                 "spec": {"imageRepositoryRef": {"name": "a"}, "policy": {"semver": {"range": "1.x"}}},
                 "status": {"observedGeneration": 123456789012345678901234567890}}
                """;
        var content = ManifestReader.read("a.json", policy, false);
        assertThat(content.declared())
                .singleElement()
                .satisfies(one -> assertThat(one.resource().spec()).isInstanceOf(ImagePolicySpec.class));
        assertThat(FluxJson.readYaml("a: 123456789012345678901234567890")
                        .path("a")
                        .doubleValue())
                .isEqualTo(1.2345678901234568E29);
    }

    private static Object input(ManifestReader.Content content) {
        assertThat(content.problems()).isEmpty();
        return switch (content.declared().getFirst().resource().spec()) {
            case ResourceSetSpec set ->
                requireNonNull(requireNonNull(set.inputs()).getFirst().get("n"));
            default -> throw new AssertionError("no ResourceSet");
        };
    }
}

package dev.tidemark.flux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {

    private static final Map<String, String> SMALLEST_SPEC = Map.of(
            "ImageRepository", "image: ghcr.io/o/a, interval: 1m",
            "ImagePolicy", "imageRepositoryRef: {name: a}, policy: {semver: {range: '*'}}",
            "ImageUpdateAutomation", "sourceRef: {name: a}, interval: 1m",
            "GitRepository", "url: 'https://git.example/o/a'",
            "Receiver", "type: generic, resources: []",
            "Alert", "providerRef: {name: a}, eventSources: []",
            "Provider", "type: generic",
            "ResourceSet", "{}",
            "ResourceSetInputProvider", "type: Static");

    static Stream<Arguments> versions() {
        return Kinds.all().stream().flatMap(kind -> kind.versions().stream()
                .map(version -> Arguments.of(kind, kind.group().isEmpty() ? version : kind.group() + '/' + version)));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void servesEveryVersionInOneShape(Kind<?> kind, String apiVersion) throws Exception {
        String spec = SMALLEST_SPEC.getOrDefault(kind.name(), "");
        String content =
                kind.contentField().isEmpty() ? "" : ", spec: " + (spec.equals("{}") ? "{}" : "{" + spec + "}");
        assertThat(read("{apiVersion: " + apiVersion + ", kind: " + kind.name() + ", metadata: {name: a}" + content
                        + "}"))
                .isInstanceOfSatisfying(ResourceReader.Outcome.Read.class, read -> {
                    assertThat(read.resource().kind()).isEqualTo(kind);
                    assertThat(read.resource().namespace()).isEqualTo(kind.equals(Kinds.NAMESPACE) ? "" : "default");
                    assertThat(read.resource().spec()).isInstanceOf(kind.content());
                });
    }

    @Test
    void servesAllVersionsThatFluxEverServed() {
        assertThat(versions().map(v -> v.get()[0] + " " + v.get()[1]))
                .contains(
                        "ImagePolicy image.toolkit.fluxcd.io/v1beta1",
                        "ImagePolicy image.toolkit.fluxcd.io/v1beta2",
                        "ImagePolicy image.toolkit.fluxcd.io/v1",
                        "ImageUpdateAutomation image.toolkit.fluxcd.io/v1beta1",
                        "ResourceSet fluxcd.controlplane.io/v1",
                        "GitRepository source.toolkit.fluxcd.io/v1",
                        "Receiver notification.toolkit.fluxcd.io/v1");
    }

    @ParameterizedTest
    @CsvSource({"apps/v1, Deployment", "image.toolkit.fluxcd.io/v2, ImagePolicy", "other.io/v1, ImagePolicy"})
    void namesAKindThatIsNotServed(String apiVersion, String kind) throws Exception {
        assertThat(read("{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: a}}"))
                .isEqualTo(new ResourceReader.Outcome.UnknownKind(apiVersion, kind, "a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: ghcr.io/o/a                           | 'interval' is required",
                "interval: 1m                                 | 'image' is required",
                "image: ghcr.io/o/a, interval: 5 minutes      | spec.interval has to be a duration: write for example 30s",
                "image: [a], interval: 1m                     | spec.image has to be a text",
                "image: a/b, interval: 1m, insecure: maybe    | spec.insecure has to be true or false",
                "image: a/b, interval: 1m, secretRef: creds   | spec.secretRef has to be an object with members",
                "image: a/b, interval: 1m, secretRef: {}      | 'secretRef.name' is required",
                "image: a/b, interval: 1m, exclusionList: [~] | 'exclusionList[0]' is required",
                "image: a/b, interval: 1m, exclusionList: x   | spec.exclusionList has to be a list",
                "image: a/b, interval: 1m, accessFrom: {}     | 'accessFrom.namespaceSelectors' is required",
            },
            quoteCharacter = '`')
    void namesTheMemberAndWhatIsExpectedThere(String spec, String message) throws Exception {
        assertThat(read("{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: app}, spec: {"
                        + spec + "}}"))
                .isInstanceOfSatisfying(ResourceReader.Outcome.Invalid.class, invalid -> {
                    assertThat(invalid.message())
                            .startsWith("ImageRepository default/app: ")
                            .contains(message);
                    assertThat(invalid.id()).isEqualTo(new ResourceId("ImageRepository", "default", "app"));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: {password: My-Example!Passw0rd}       | data.password is not base64 (write it under stringData?)",
                "data: {password: Ym90Cg}                    | data.password is not base64 (write it under stringData?)",
                "data: {password: [My-Example!Passw0rd]}     | data.password is not base64 (write it under stringData?)",
                "data: My-Example!Passw0rd                   | data has to be a map",
                "stringData: {password: [My-Example!Passw0rd]} | stringData.password is not a text",
                "sops: {mac: My-Example!Passw0rd}, data: {a: My-Example!Passw0rd} | encrypted with SOPS, decrypt it first",
            },
            quoteCharacter = '`')
    void noValueOfASecretIsEverInAMessage(String content, String message) throws Exception {
        assertThat(read("{apiVersion: v1, kind: Secret, metadata: {name: git, namespace: apps}, " + content + "}"))
                .isInstanceOfSatisfying(ResourceReader.Outcome.Invalid.class, invalid -> assertThat(invalid.message())
                        .startsWith("Secret apps/git: " + message)
                        .doesNotContain("Passw0rd"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                     | it needs apiVersion and kind",
                "[]                                                     | it needs apiVersion and kind",
                "text                                                   | it needs apiVersion and kind",
                "{apiVersion: v1, kind: Secret}                         | Secret without a name: add metadata.name",
                "{apiVersion: v1, kind: Secret, metadata: []}           | Secret without a name",
                "{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImagePolicy, metadata: {name: a}} | spec is required",
            },
            quoteCharacter = '`')
    void saysWhatAnObjectLacks(String object, String message) throws Exception {
        assertThat(read(object))
                .isInstanceOfSatisfying(ResourceReader.Outcome.Invalid.class, invalid -> assertThat(invalid.message())
                        .contains(message));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 100, 253})
    void takesNamesOfAnyLengthThatAnApiServerTakes(int length) throws Exception {
        String name = "a".repeat(length);
        assertThat(read("{apiVersion: v1, kind: Secret, metadata: {name: " + name + "}}"))
                .isInstanceOfSatisfying(
                        ResourceReader.Outcome.Read.class,
                        read -> assertThat(read.resource().name()).isEqualTo(name));
        assertThat(read("{apiVersion: v1, kind: Secret, metadata: {name: " + "a".repeat(254) + "}}"))
                .isInstanceOfSatisfying(ResourceReader.Outcome.Invalid.class, invalid -> assertThat(invalid.message())
                        .contains("have 253 characters at most"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "a/b", "..", ".", "A", "a_b", "a..b", "-a", "a\\\\b", "a b"})
    void refusesNamesThatCouldBePaths(String name) throws Exception {
        for (String metadata : new String[] {"name: \"" + name + "\"", "name: a, namespace: \"" + name + "\""}) {
            assertThat(read("{apiVersion: v1, kind: Secret, metadata: {" + metadata + "}}"))
                    .isInstanceOfSatisfying(
                            ResourceReader.Outcome.Invalid.class, invalid -> assertThat(invalid.message())
                                    .contains("consist of lower-case letters, digits, '-' and '.'"));
        }
    }

    @Test
    void takesMetadataOfAClusterAsItIs() throws Exception {
        assertThat(metadata("name: a, namespace: apps, uid: u-1, generation: 7, resourceVersion: '42',"
                        + " labels: {app: web, tier: ~}, annotations: {note: 5}"))
                .isEqualTo(new Metadata("apps", "a", Map.of("app", "web"), Map.of("note", "5"), "u-1", 7, "42"));
    }

    @Test
    void withoutAClusterAChangeOfTheSpecIsAGenerationAndAnyChangeAVersion() throws Exception {
        Metadata first = metadata("name: a");
        Metadata labelled = metadata("name: a, labels: {x: y}");
        assertThat(metadata("name: a")).isEqualTo(first);
        assertThat(labelled.generation()).isEqualTo(first.generation());
        assertThat(labelled.resourceVersion()).isNotEqualTo(first.resourceVersion());
        assertThat(labelled.uid())
                .isEqualTo(first.uid())
                .isNotEqualTo(metadata("name: b").uid());
    }

    @Test
    void aSecretIsNeverPrinted() throws Exception {
        var read =
                (ResourceReader.Outcome.Read) read("{apiVersion: v1, kind: Secret, metadata: {name: a}, type: Opaque,"
                        + " data: {user: Ym90, token: b2xk}, stringData: {token: s3cret}}");
        SecretContent content = (SecretContent) read.resource().spec();
        assertThat(content.text("user")).isEqualTo("bot");
        assertThat(content.text("token")).as("stringData wins").isEqualTo("s3cret");
        assertThat(content.text("other")).isNull();
        assertThat(read.resource().toString()).contains("user", "token").doesNotContain("s3cret", "bot", "Ym90");
    }

    private static Metadata metadata(String metadata) throws Exception {
        var read = (ResourceReader.Outcome.Read) read("{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository,"
                + " metadata: {" + metadata + "}, spec: {image: a/b, interval: 1m}}");
        return read.resource().metadata();
    }

    private static ResourceReader.Outcome read(String yaml) throws Exception {
        return ResourceReader.read(FluxJson.readYaml(yaml));
    }
}

package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests that people wrote and that were not read, or read as something else. */
class ManifestCasesTest {

    private static final String GOOD = """
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: good, namespace: apps}
            spec: {image: reg.example/a/b, interval: 10m}
            """;

    @TempDir
    Path folder;

    @Test
    void aFileThatCannotBeReadCostsThatFileOnly() throws IOException {
        copy("02-emoji-on-a-buffer-edge-in-manifests/manifests/banner.yaml", "banner.yaml");
        Files.writeString(folder.resolve("good.yaml"), GOOD);

        Reading snapshot = load();

        assertThat(snapshot.find(Kinds.IMAGE_REPOSITORY, "apps", "good")).isPresent();
        assertThat(snapshot.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.IGNORED);
            assertThat(problem.where()).isEqualTo(folder.resolve("banner.yaml") + ":1");
            assertThat(problem.message()).contains("ConfigMap");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "password: *My-Example!Passw0rd",
                "password: !!int My-Example!Passw0rd",
                "password: [My-Example!Passw0rd",
                "password: 'My-Example!Passw0rd' x",
                "password: &My-Example!Passw0rd",
                "My-Example!Passw0rd",
            })
    void noValueOfASecretThatIsNoYamlIsShown(String line) throws IOException {
        Files.writeString(
                folder.resolve("s.yaml"),
                "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: apps}\nstringData:\n  " + line + "\n");

        assertThat(load().problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.message())
                .doesNotContain("Passw0rd", "My-Example"));
    }

    @Test
    void manyAliasesAndWordsThatMeanTrueAreReadAsKubernetesReadsThem() throws IOException {
        StringBuilder text = new StringBuilder("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: good, namespace: apps}
                spec:
                  image: &image reg.example/a/b
                  interval: &interval 10m
                  suspend: yes
                  accessFrom:
                    namespaceSelectors:
                    - &labels {matchLabels: {a: b}}
                """);
        text.append("    - *labels\n".repeat(200));
        Files.writeString(folder.resolve("good.yaml"), text.toString());

        Reading snapshot = load();

        assertThat(snapshot.problems()).isEmpty();
        assertThat(snapshot.find(Kinds.IMAGE_REPOSITORY, "apps", "good")
                        .orElseThrow()
                        .spec()
                        .suspend())
                .isTrue();
    }

    @Test
    void noValueOfASecretIsShown() throws IOException {
        copy("07-secret-value-in-status-and-log/manifests/git.yaml", "git.yaml");

        assertThat(load().problems())
                .extracting(Problem::where, Problem::message)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        folder.resolve("git.yaml") + ":6",
                        "Secret apps/git: data.password is not base64 (write it under stringData?)"));
    }

    @Test
    void anEncryptedSecretIsSaidToBeOne() throws IOException {
        Files.writeString(folder.resolve("git.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: git, namespace: apps}
                data:
                  password: ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:YmF6,type:str]
                sops:
                  mac: ENC[AES256_GCM,data:Zm9v]
                """);

        assertThat(load().problems())
                .extracting(Problem::message)
                .containsExactly("Secret apps/git: encrypted with SOPS, decrypt it first");
    }

    @Test
    void numbersWhereTextIsRequiredAreRefusedWithTheLine() throws IOException {
        copy("peer/02-numbers-taken-as-text/manifests.yaml", "all.yaml");

        Reading snapshot = load();

        assertThat(snapshot.resources()).isEmpty();
        assertThat(snapshot.problems())
                .allSatisfy(problem -> assertThat(problem.severity()).isEqualTo(Severity.ERROR))
                .extracting(problem -> problem.where().replaceAll(".*:", "") + ' ' + problem.message())
                .contains(
                        "4 Secret apps/s: stringData.token is a number where text is required: put it in quotes",
                        "4 Secret apps/s: stringData.flag is true or false where text is required: put it in quotes",
                        "8 ImagePolicy apps/p: metadata.labels.release is a number where text is required: put it in quotes",
                        "11 ImagePolicy apps/p: spec.filterTags.pattern is a number where text is required: put it in quotes",
                        "12 ImagePolicy apps/p: spec.policy.semver.range is a number where text is required: put it in"
                                + " quotes",
                        "21 ImageUpdateAutomation apps/u: spec.git.checkout.ref.branch is a number where text is required:"
                                + " put it in quotes",
                        "23 ImageUpdateAutomation apps/u: spec.git.push.branch is a number where text is required: put it"
                                + " in quotes");
    }

    @Test
    void fieldsAndValuesThatDoNotExistAreSaid() throws IOException {
        copy("peer/10-fields-that-do-not-exist/manifests.yaml", "all.yaml");

        Reading snapshot = load();

        assertThat(snapshot.problems())
                .extracting(problem ->
                        problem.severity() + " " + problem.where().replaceAll(".*:", "") + ' ' + problem.message())
                .containsExactly(
                        "WARNING 4 ImageRepository apps/ok: spec.exclusionLists is not a known field: did you mean"
                                + " exclusionList?",
                        "WARNING 9 ImagePolicy apps/typo-filtertag: spec.filterTag is not a known field: did you mean"
                                + " filterTags?",
                        "ERROR 14 ImagePolicy apps/digest-lowercase: spec.digestReflectionPolicy is 'always': write one of"
                                + " Always, IfNotPresent, Never",
                        "ERROR 14 ImagePolicy apps/digest-lowercase: spec.interval is only accepted when"
                                + " spec.digestReflectionPolicy is set to 'Always'");
        assertThat(snapshot.find(Kinds.IMAGE_POLICY, "apps", "digest-lowercase"))
                .isEmpty();
        assertThat(load(true).resources())
                .as("strict: unknown fields are errors")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "minimumage: 24h | unknown annotation tidemark.dev/minimumage: did you mean tidemark.dev/minimum-age?",
                "Freeze: '0 0 * * * +1h' | unknown annotation tidemark.dev/Freeze: did you mean tidemark.dev/freeze?",
                "allow-downgrades: never | unknown annotation tidemark.dev/allow-downgrades: did you mean tidemark.dev/allow-downgrade?",
                "anything: x | unknown annotation tidemark.dev/anything: there are tidemark.dev/allow-downgrade,",
            })
    void aMisspeltAnnotationOfOursIsAnError(String annotation, String message) throws IOException {
        Path file = folder.resolve("p.yaml");
        Files.writeString(file, policy("annotations: {tidemark.dev/hold: 1.0.0}"));
        Reading loader = loader(false);
        assertThat(loader.load().problems()).isEmpty();
        Files.writeString(file, policy("annotations: {tidemark.dev/" + annotation + "}"));

        Reading snapshot = loader.load();

        assertThat(snapshot.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.where()).endsWith("p.yaml:3");
            assertThat(problem.message()).startsWith("ImagePolicy apps/p: " + message);
        });
        assertThat(snapshot.find(Kinds.IMAGE_POLICY, "apps", "p").orElseThrow().annotation("tidemark.dev/hold"))
                .as("what was in force stays")
                .isEqualTo("1.0.0");
    }

    @Test
    void anAnnotationOfOursOnAKindWhereItMeansNothingIsAnError() throws IOException {
        Files.writeString(
                folder.resolve("r.yaml"),
                GOOD.replace("namespace: apps", "namespace: apps, annotations: {tidemark.dev/freeze: '@daily +1h'}"));

        assertThat(load().problems())
                .extracting(Problem::message)
                .containsExactly("ImageRepository apps/good: annotation tidemark.dev/freeze means nothing on a"
                        + " ImageRepository: put it on the ImagePolicy");
    }

    @Test
    void aFieldThatIsWrittenTwiceIsSaid() throws IOException {
        Files.writeString(
                folder.resolve("p.yaml"),
                policy("labels: {}").replace("spec:", "spec: {imageRepositoryRef: {name: x}}\nspec:"));

        assertThat(load().problems())
                .containsExactly(new Problem(
                        Severity.WARNING,
                        folder.resolve("p.yaml") + ":5",
                        "ImagePolicy apps/p: the field spec is written twice: this one counts, remove the other",
                        new ResourceId("ImagePolicy", "apps", "p")));
    }

    @Test
    void jsonIsReadToo() throws IOException {
        Files.writeString(folder.resolve("p.json"), """
                {
                \t"apiVersion": "image.toolkit.fluxcd.io/v1",
                \t"kind": "ImagePolicy",
                \t"metadata": {"name": "p", "namespace": "apps"},
                \t"spec": {
                \t\t"imageRepositoryRef": {"name": "ok"},
                \t\t"policy": {"semver": {"range": "1.x \\u2026 \\ud83d\\ude00 \\/"}}
                \t}
                }
                """);

        Reading snapshot = load();

        assertThat(snapshot.problems()).isEmpty();
        ImagePolicySpec.Range range = snapshot.find(Kinds.IMAGE_POLICY, "apps", "p")
                .orElseThrow()
                .spec()
                .policy()
                .semver();
        assertThat(range).isEqualTo(new ImagePolicySpec.Range("1.x \u2026 \ud83d\ude00 /"));
    }

    @Test
    void jsonThatIsWrongNamesTheLine() throws IOException {
        Files.writeString(folder.resolve("p.json"), """
                {
                  "apiVersion": "image.toolkit.fluxcd.io/v1",
                  "kind": "ImagePolicy",
                  "metadata": {"name": "p", "namespace": "apps"},
                  "spec": {
                    "imageRepositoryRef": {"name": "ok"},
                    "policy": {"semver": {"range": 1.10}}
                  }
                }
                """);
        Files.writeString(folder.resolve("q.json"), "{\n \"a\": 1,\n \"b\": ]\n");

        assertThat(load().problems())
                .extracting(Problem::where)
                .containsExactly(folder.resolve("p.json") + ":7", folder.resolve("q.json") + ":3");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, ff fe", "UTF-16BE, fe ff", "UTF-8, ef bb bf"})
    void aFileWithAByteOrderMarkIsRead(String encoding, String mark) throws IOException {
        byte[] text = GOOD.getBytes(java.nio.charset.Charset.forName(encoding));
        byte[] begin = java.util.HexFormat.ofDelimiter(" ").parseHex(mark);
        byte[] all = new byte[begin.length + text.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(text, 0, all, begin.length, text.length);
        Files.write(folder.resolve("good.yaml"), all);

        Reading snapshot = load();

        assertThat(snapshot.problems()).isEmpty();
        assertThat(snapshot.resources()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, looks like UTF-16", "UTF-32, looks like", "windows-1252, is not UTF-8 text"})
    void aFileOfAnotherEncodingIsNamedWithTheReason(String encoding, String why) throws IOException {
        String text = "# \u00e9t\u00e9\n" + GOOD;
        Files.write(folder.resolve("good.yaml"), text.getBytes(java.nio.charset.Charset.forName(encoding)));

        assertThat(load().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).startsWith(folder.resolve("good.yaml").toString());
            assertThat(problem.message()).startsWith(why).endsWith("save it as UTF-8");
        });
    }

    @Test
    void aFileThatIsTooLargeIsNamed() throws IOException {
        Files.writeString(folder.resolve("good.yaml"), GOOD);
        Files.writeString(folder.resolve("large.yaml"), "# " + "x".repeat((int) ManifestReader.MAX_BYTES));

        Reading snapshot = load();

        assertThat(snapshot.resources()).hasSize(1);
        assertThat(snapshot.problems())
                .extracting(Problem::message)
                .containsExactly("is larger than 12 MB, of which nothing is read: split it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "image.toolkit.fluxcd.io/v1beta3, kind: ImagePolicy | is of a version that is not served: write image.toolkit.fluxcd.io/v1",
                "image.toolkit.fluxcd.io/v1, kind: ImagePolicies    | is not a kind: did you mean ImagePolicy?",
                "image.toolkit.fluxcd.io/v1, kind: ImageRepo        | is not a kind: did you mean ImageRepository?",
                "source.toolkit.fluxcd.io/v1, kind: GitRepo         | is not a kind: did you mean GitRepository?",
                "v1, kind: secret                                   | is not a kind: did you mean Secret?",
            })
    void aMisspeltKindIsAnError(String what, String message) throws IOException {
        Files.writeString(folder.resolve("p.yaml"), "{apiVersion: " + what.strip() + ", metadata: {name: p}}\n");

        assertThat(load().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.message()).endsWith(message);
        });
    }

    @Test
    void aVariableThatNobodyFillsInIsNamed() throws IOException {
        Files.writeString(folder.resolve("r.yaml"), """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: web, namespace: apps}
                spec:
                  interval: 1m
                  image: ${REG}/web
                """);

        assertThat(load().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.where()).endsWith("r.yaml:6");
            assertThat(problem.message())
                    .startsWith("ImageRepository apps/web: spec.image: ${REG} is a variable")
                    .endsWith("fill it in first (flux envsubst)");
        });
    }

    private static String policy(String metadata) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: p, namespace: apps, %s}
                spec: {imageRepositoryRef: {name: ok}, policy: {semver: {range: "*"}}}
                """.formatted(metadata);
    }

    private Reading load() {
        return load(false);
    }

    private Reading load(boolean strict) {
        return loader(strict).load();
    }

    private Reading loader(boolean strict) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T09:30:00Z"), ZoneOffset.UTC);
        return new Reading(folder, clock, strict, "");
    }

    private void copy(String name, String to) throws IOException {
        try (InputStream in = ManifestCasesTest.class.getResourceAsStream("/cases/" + name)) {
            Files.writeString(
                    folder.resolve(to),
                    new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}

package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders as they lie in GitOps repositories: what is no manifest is recognised, each with the remedy. */
class RawTreesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");

    @TempDir
    Path temporary;

    private Path folder;
    private Path tools;

    @BeforeEach
    void folders() throws IOException {
        folder = Files.createDirectory(temporary.resolve("manifests"));
        tools = Files.createDirectory(temporary.resolve("tools"));
    }

    @Test
    void aKustomizeBaseIsOneLineAndItsFilesAreNotReadOneByOne() throws IOException {
        write("prod/kustomization.yaml", "namespace: prod\nresources: [../base]\npatches: [{path: patch.yaml}]\n");
        write("prod/patch.yaml", "apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: app}\n");
        write("base/kustomization.yaml", "resources: [app.yaml]\n");
        write("base/app.yaml", policy("app"));
        write("other.yaml", policy("other"));

        Reading snapshot = loader().load();

        assertThat(names(snapshot)).containsExactly("other");
        assertThat(snapshot.problems())
                .allSatisfy(problem -> {
                    assertThat(problem.severity()).isEqualTo(Severity.IGNORED);
                    assertThat(problem.message()).startsWith("a kustomize base: build it first (kubectl kustomize)");
                })
                .extracting(Problem::where)
                .containsExactlyInAnyOrder(
                        folder.resolve("prod/kustomization.yaml").toString(),
                        folder.resolve("base/kustomization.yaml").toString());
    }

    @Test
    void aKustomizationThatOnlyListsFilesChangesNothing() throws IOException {
        write("flux-system/kustomization.yaml", """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [sync.yaml]
                """);
        write("flux-system/sync.yaml", policy("app"));

        Reading snapshot = loader().load();

        assertThat(names(snapshot)).containsExactly("app");
        assertThat(snapshot.problems())
                .extracting(Problem::severity, Problem::message)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        Severity.IGNORED, "a kustomize base that only lists files: they are read as they are"));
    }

    @Test
    void aFolderThatBecomesABaseKeepsWhatItSaid() throws IOException {
        write("apps/app.yaml", policy("app"));
        Reading loader = loader();
        loader.load();
        write("apps/kustomization.yaml", "namePrefix: my-\nresources: [app.yaml]\n");

        loader.load();
        assertThat(names(loader.load())).containsExactly("app");
    }

    @Test
    void aHelmChartIsOneLine() throws IOException {
        write("chart/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        write("chart/values.yaml", "image: x\n");
        write("chart/templates/policy.yaml", "{{- if .Values.x }}\nkind: [\n{{ end }}\n");

        assertThat(loader().load().problems())
                .extracting(Problem::where, Problem::message)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        folder.resolve("chart/Chart.yaml").toString(),
                        "a Helm chart: render it first (helm template), and give what comes out; its files are not"
                                + " read"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "values-prod.yaml | {image: {tag: 1}} | IGNORED | a values file of Helm: nothing to declare",
                "docker-compose.yml | {services: {web: {image: nginx}}} | IGNORED | not a Kubernetes object (no apiVersion and kind): nothing to declare",
                "renovate.json | {extends: []} | IGNORED | not a Kubernetes object (no apiVersion and kind): nothing to declare",
                "patch.yaml | [{op: replace}] | IGNORED | a list and not a Kubernetes object: nothing to declare",
                "secrets.yaml | {password: 'ENC[x]', sops: {mac: x}} | IGNORED | encrypted with SOPS, and not a Kubernetes object: nothing to declare",
                "base.yaml | {apiVersion: kustomize.config.k8s.io/v1alpha1, kind: Component} | IGNORED | a kustomize base: build it first (kubectl kustomize), and give what comes out",
                "half.yaml | {metadata: {name: x}} | ERROR | not a Kubernetes object: it needs apiVersion and kind",
                "text.yaml | some text | ERROR | not a Kubernetes object: it needs apiVersion and kind",
            })
    void whatIsNoManifestSaysWhatItIs(String file, String text, Severity severity, String message) throws IOException {
        write(file, text + "\n");

        assertThat(loader().load().problems())
                .containsExactly(new Problem(severity, folder.resolve(file) + ":1", message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interval: ${INTERVAL}  | ImageRepository flux-system/app: ${INTERVAL} is a variable that Flux's",
                "interval: ${A:=1m}b    | ImageRepository flux-system/app: ${A:} is a variable that Flux's",
            })
    void aVariableSaysThatItHasToBeFilledIn(String interval, String message) throws IOException {
        write("app.yaml", """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: app, namespace: flux-system}
                spec:
                  image: ghcr.io/o/a
                  %s
                """.formatted(interval));

        assertThat(loader().load().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).endsWith("app.yaml:6");
            assertThat(problem.message().replace(":}", "}")).startsWith(message.replace(":}", "}"));
            assertThat(problem.message()).endsWith("fill it in first (flux envsubst)");
        });
    }

    @Test
    void aRootThatIsABaseIsBuilt() throws IOException {
        tool("kubectl", "test \"$1\" = kustomize && sed 's/name: app/name: built/' \"$2/app.yaml\"");
        write("kustomization.yaml", "namePrefix: x\nresources: [app.yaml]\n");
        write("app.yaml", policy("app"));
        Reading loader = loader();

        assertThat(names(loader.load())).containsExactly("built");
        assertThat(loader.load().problems()).isEmpty();

        write("app.yaml", policy("app") + "---\n" + policy("more"));
        Files.setLastModifiedTime(folder.resolve("app.yaml"), FileTime.from(NOW));
        assertThat(names(loader.load())).containsExactlyInAnyOrder("built", "more");
    }

    @Test
    void aBaseThatCannotBeBuiltKeepsWhatItGaveBefore() throws IOException {
        tool(
                "kustomize",
                "test -f \"$2/broken\" && { echo 'Error: no https://u:pw@host/x' >&2; exit 1; }; cat \"$2/app.yaml\"");
        write("kustomization.yaml", "resources: [app.yaml]\n");
        write("app.yaml", policy("app"));
        Reading loader = loader();
        loader.load();
        write("broken", "");

        Reading snapshot = loader.load();

        assertThat(names(snapshot)).containsExactly("app");
        assertThat(snapshot.problems())
                .containsExactly(new Problem(
                        Severity.ERROR,
                        folder.resolve("kustomization.yaml").toString(),
                        "kustomize cannot build it: Error: no https://***@host/x"));
    }

    @Test
    void aBuildHasLimitedTime() throws IOException {
        tool("kustomize", "sleep 600");

        assertThat(Kustomize.onPath(tools.toString()).orElseThrow().build(folder, Duration.ofMillis(300)))
                .isEqualTo(new Kustomize.Outcome.Failed(
                        "kustomize takes longer than 0 s: remote bases are slow, copy them here"));
    }

    @Test
    void aBuildHasLimitedOutput() throws IOException {
        tool("kustomize", "yes");

        assertThat(Kustomize.onPath(tools.toString()).orElseThrow().build(folder))
                .asString()
                .contains("gives more than " + ManifestReader.MAX_BYTES + " bytes");
    }

    @Test
    void aRootThatIsABaseSaysThatTheToolIsMissing() throws IOException {
        write("kustomization.yaml", "namePrefix: x\nresources: [app.yaml]\n");
        write("app.yaml", policy("app"));

        Reading snapshot = loader().load();

        assertThat(snapshot.resources()).isEmpty();
        assertThat(snapshot.problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.startsWith("a kustomize base, and neither kubectl nor kustomize is on the"
                        + " PATH: install one of them"));
    }

    private void tool(String name, String script) throws IOException {
        Path file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Reading loader() {
        return new Reading(folder, Clock.fixed(NOW, ZoneOffset.UTC), false, tools.toString());
    }

    private static List<String> names(Reading snapshot) {
        return snapshot.all(Kinds.IMAGE_POLICY).stream()
                .flatMap(policy -> Stream.of(policy.name()))
                .toList();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String policy(String name) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {namespace: flux-system, name: %s}
                spec: {imageRepositoryRef: {name: app}, policy: {semver: {range: 1.x}}}
                """.formatted(name);
    }
}

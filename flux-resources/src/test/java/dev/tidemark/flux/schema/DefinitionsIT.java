package dev.tidemark.flux.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.testkit.kube.ApiServer;
import dev.tidemark.testkit.kube.ClusterProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server takes the definitions, and with them and the real kubectl people can do what they are used to. */
class DefinitionsIT {

    private static final Path EXAMPLES = Definition.ROOT.resolve("examples");
    private static final String READY = "{type: Ready, status: 'True', reason: Succeeded, message: all is well,"
            + " observedGeneration: 1, lastTransitionTime: '2026-01-02T03:04:05Z'}";

    private ApiServer server;
    private String namespace;

    @BeforeEach
    void install() {
        server = ApiServer.shared();
        server.installDefinitions();
        namespace = server.namespace();
    }

    @Test
    void theServerHasNothingToSayAgainstThem() throws IOException {
        for (Definition definition : Definition.all()) {
            String name = definition.object().at("/metadata/name").asText();
            JsonNode conditions = json("get", "crd", name, "-o", "json").at("/status/conditions");
            assertThat(conditions)
                    .as(name)
                    .extracting(condition -> condition.path("type").asText()
                            + '='
                            + condition.path("status").asText())
                    .containsExactlyInAnyOrder("NamesAccepted=True", "Established=True");
        }
    }

    /** The seed's, unchanged (seed.md section 4). */
    @Test
    void theExamplesAreTakenAsTheyAre() {
        server.admin().attempt("", "create", "namespace", "flux-system");
        for (String folder : List.of("git-based", "gitless")) {
            String path = EXAMPLES.resolve(folder).toString();
            assertThat(server.kubectl("apply", "-f", path)).contains("created");
            assertThat(server.kubectl("apply", "--validate=strict", "-f", path))
                    .contains("unchanged")
                    .doesNotContain("configured");
            server.kubectl("delete", "-f", path);
            assertThat(server.kubectl("apply", "--validate=strict", "-f", path)).contains("created");
            server.kubectl("delete", "-f", path);
        }
    }

    @Test
    void theSelectedImageIsReadAsTheSeedReadsIt() {
        createPolicy();
        writeStatus(
                "ImagePolicy",
                "my-app",
                "latestImage: ghcr.io/my-org/my-app:1.4.2, latestRef: {name: ghcr.io/my-org/my-app, tag: 1.4.2}");

        assertThat(server.kubectl(
                        "-n", namespace, "get", "imagepolicy", "my-app", "-o", "jsonpath={.status.latestImage}"))
                .isEqualTo("ghcr.io/my-org/my-app:1.4.2");
    }

    @Test
    void columnsAreThoseThatPeopleKnow() {
        createPolicy();
        createRepository();
        apply("ImageUpdateAutomation", "fleet", "interval: 5m, sourceRef: {kind: GitRepository, name: fleet}");
        apply("ResourceSetInputProvider", "tags", "type: OCIArtifactTag, url: oci://ghcr.io/my-org/my-app");
        writeStatus(
                "ImagePolicy",
                "my-app",
                "latestRef: {name: ghcr.io/my-org/my-app, tag: 1.4.2}, conditions: [" + READY + "]");
        writeStatus(
                "ImageRepository",
                "my-app",
                "lastScanResult: {tagCount: 7, scanTime: '2026-01-02T03:04:05Z'}, conditions: [" + READY + "]");
        writeStatus(
                "ImageUpdateAutomation",
                "fleet",
                "lastAutomationRunTime: '2026-01-02T03:04:05Z', conditions: [" + READY + "]");
        writeStatus("ResourceSetInputProvider", "tags", "conditions: [" + READY + "]");

        assertThat(table("get", "imgpol"))
                .containsExactly(
                        List.of("NAME", "IMAGE", "TAG", "READY", "STATUS", "AGE"),
                        List.of("my-app", "ghcr.io/my-org/my-app", "1.4.2", "True", "all is well", "AGE"));
        assertThat(table("get", "imgrepo", "-o", "wide"))
                .containsExactly(
                        List.of("NAME", "IMAGE", "TAGS", "READY", "STATUS", "LAST SCAN", "AGE"),
                        List.of(
                                "my-app",
                                "ghcr.io/my-org/my-app",
                                "7",
                                "True",
                                "all is well",
                                "2026-01-02T03:04:05Z",
                                "AGE"));
        assertThat(table("get", "iua", "-o", "wide"))
                .containsExactly(
                        List.of("NAME", "READY", "STATUS", "LAST RUN", "AGE"),
                        List.of("fleet", "True", "all is well", "2026-01-02T03:04:05Z", "AGE"));
        assertThat(table("get", "rsip"))
                .containsExactly(
                        List.of("NAME", "AGE", "READY", "STATUS"), List.of("tags", "AGE", "True", "all is well"));
    }

    @Test
    void aDescriptionShowsWhatWasPolledAndWhen() {
        apply(
                "ResourceSetInputProvider",
                "tags",
                "type: OCIArtifactTag, url: oci://ghcr.io/my-org/my-app, interval: 5m");
        writeStatus(
                "ResourceSetInputProvider",
                "tags",
                "lastPollTime: '2026-01-02T03:04:05Z', exportedInputs: [{id: '1', tag: 1.4.2, digest: 'sha256:d4ec'}]");

        assertThat(server.kubectl("describe", "rsip", "tags", "-n", namespace))
                .containsPattern("Interval: +5m")
                .containsPattern("Last Poll Time: +2026-01-02T03:04:05Z")
                .containsPattern("Digest: +sha256:d4ec")
                .containsPattern("Tag: +1.4.2");
    }

    /** As services write: by an owner of their own, whole, and without what they wrote before and know no more. */
    @Test
    void aStatusIsAppliedByItsOwner() throws IOException {
        createPolicy();
        String before = "latestImage: a:1, conditions: [" + READY + "]";
        String after = "latestImage: a:2";

        for (String status : List.of(before, after)) {
            String object = """
                    apiVersion: image.toolkit.fluxcd.io/v1
                    kind: ImagePolicy
                    metadata: {name: my-app, namespace: %s}
                    status: {%s}
                    """.formatted(namespace, status);
            server.admin()
                    .apply(
                            object,
                            "--server-side",
                            "--subresource=status",
                            "--field-manager=tidemark-policy-evaluator",
                            "--validate=strict");
        }

        assertThat(json("get", "imagepolicy", "my-app", "-n", namespace, "-o", "json")
                        .path("status"))
                .isEqualTo(FluxJson.readYaml("{observedGeneration: -1, latestImage: 'a:2'}"));
    }

    /** What the seed renders: a tag that looks like a number has to have stayed text. */
    @Test
    void aRenderedKustomizationTakesTextOnly() {
        String kustomization = """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: my-app, namespace: %s, labels: {resourceset.fluxcd.io/name: my-app}}
                spec:
                  interval: 10m
                  prune: true
                  wait: true
                  timeout: 5m
                  sourceRef: {kind: OCIRepository, name: my-app-manifests}
                  postBuild: {substitute: {APP_IMAGE_TAG: %s}}
                """;

        server.admin().apply(kustomization.formatted(namespace, "1.4.2"), "--validate=strict");
        assertThat(names("get", "kustomization", "-l", "resourceset.fluxcd.io/name=my-app"))
                .containsExactly("kustomization.kustomize.toolkit.fluxcd.io/my-app");
        assertThat(server.admin()
                        .attempt(kustomization.formatted(namespace, "1.4"), "apply", "-f", "-")
                        .error())
                .contains("APP_IMAGE_TAG: Invalid value");
    }

    @Test
    void aCategoryListsTheKindsOfIt() {
        createPolicy();
        createRepository();
        apply("ImageUpdateAutomation", "fleet", "interval: 5m, sourceRef: {kind: GitRepository, name: fleet}");
        apply("ResourceSetInputProvider", "tags", "type: Static");
        apply("ResourceSet", "apps", "resourcesTemplate: ''");
        apply(
                "Receiver",
                "hook",
                "type: generic, secretRef: {name: token}, resources: [{kind: ImageRepository, name: a}]");
        String policy = "imagepolicy.image.toolkit.fluxcd.io/my-app";
        String repository = "imagerepository.image.toolkit.fluxcd.io/my-app";
        String automation = "imageupdateautomation.image.toolkit.fluxcd.io/fleet";
        String provider = "resourcesetinputprovider.fluxcd.controlplane.io/tags";
        String set = "resourceset.fluxcd.controlplane.io/apps";
        String receiver = "receiver.notification.toolkit.fluxcd.io/hook";

        assertThat(names("get", "fluxcd-images")).containsExactlyInAnyOrder(policy, repository, automation);
        assertThat(names("get", "fluxcd-sources")).containsExactly(provider);
        assertThat(names("get", "fluxcd-appliers")).containsExactly(set);
        assertThat(names("get", "fluxcd-notifications")).containsExactly(receiver);
        assertThat(names("get", "fluxcd"))
                .containsExactlyInAnyOrder(policy, repository, automation, provider, set, receiver);
        assertThat(names("get", "all")).contains(policy, repository, automation, provider, set, receiver);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imgrepo",
                "imagerepo",
                "imgpol",
                "imagepol",
                "iua",
                "imgupd",
                "imgauto",
                "rset",
                "rsip",
                "gitrepo",
                "ks"
            })
    void shortNamesAreServed(String name) {
        assertThat(server.kubectl("get", name, "-n", namespace, "-o", "name")).isEmpty();
    }

    @Test
    void aStatusIsWrittenForItselfAndChangesNoGeneration() throws IOException {
        server.admin().apply(manifest("v1", "ImagePolicy", "my-app", policy()) + "status: {latestImage: forged}\n");
        assertThat(json("get", "imagepolicy", "my-app", "-n", namespace, "-o", "json")
                        .path("status"))
                .isEqualTo(FluxJson.readYaml("observedGeneration: -1"));

        writeStatus("ImagePolicy", "my-app", "observedGeneration: 1, latestImage: a:1");

        JsonNode policy = json("get", "imagepolicy", "my-app", "-n", namespace, "-o", "json");
        assertThat(policy.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(policy.at("/status/latestImage").asText()).isEqualTo("a:1");
    }

    @Test
    void anOlderVersionSaysThatItIs() {
        ClusterProgram.Answer answer =
                server.admin().attempt(manifest("v1beta1", "ImagePolicy", "my-app", policy()), "apply", "-f", "-");

        assertThat(answer.exit()).isZero();
        assertThat(answer.error()).contains("Warning: v1beta1 ImagePolicy is deprecated, upgrade to v1");
    }

    @Test
    void whoNamesNoVersionGetsTheNewest() throws IOException {
        server.admin().apply(manifest("v1beta1", "ImagePolicy", "my-app", policy()));

        assertThat(json("get", "imagepolicy", "my-app", "-n", namespace, "-o", "json")
                        .path("apiVersion")
                        .asText())
                .isEqualTo("image.toolkit.fluxcd.io/v1");
    }

    @Test
    void variablesOfAKustomizationAreLeftAloneInTemplates() throws IOException {
        JsonNode definition = json("get", "crd", "imageupdateautomations.image.toolkit.fluxcd.io", "-o", "json");

        assertThat(definition
                        .at("/metadata/annotations")
                        .path("kustomize.toolkit.fluxcd.io/substitute")
                        .asText())
                .isEqualTo("disabled");
    }

    private void createPolicy() {
        apply("ImagePolicy", "my-app", policy());
    }

    private void createRepository() {
        apply("ImageRepository", "my-app", "image: ghcr.io/my-org/my-app, interval: 5m");
    }

    private static String policy() {
        return "imageRepositoryRef: {name: my-app}, policy: {semver: {range: 1.x}}";
    }

    private void apply(String kind, String name, String spec) {
        server.admin().apply(manifest("v1", kind, name, spec), "--validate=strict");
    }

    private String manifest(String version, String kind, String name, String spec) {
        return """
                apiVersion: %s/%s
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(Definition.group(kind), version, kind, name, namespace, spec);
    }

    private void writeStatus(String kind, String name, String status) {
        server.kubectl(
                "patch",
                kind,
                name,
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "-p",
                "status: {" + status + "}");
    }

    private JsonNode json(String... arguments) throws IOException {
        return FluxJson.json().readTree(server.kubectl(arguments));
    }

    private List<String> names(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 4);
        System.arraycopy(new String[] {"-n", namespace, "-o", "name"}, 0, all, arguments.length, 4);
        return server.kubectl(all).lines().toList();
    }

    /** Cells of a table; an age is AGE. */
    private List<List<String>> table(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        System.arraycopy(new String[] {"-n", namespace}, 0, all, arguments.length, 2);
        return server.kubectl(all)
                .lines()
                .map(line -> Arrays.stream(line.strip().split(" {2,}"))
                        .map(cell -> cell.matches("\\d+[smh]") ? "AGE" : cell)
                        .toList())
                .toList();
    }
}

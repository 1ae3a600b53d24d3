package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Manifests that are wrong and surroundings that do not answer: the rest works, Tidemark says what is wrong, and when
 * the fault ends nothing is lost. One Tidemark for all, a namespace for each.
 */
class BadInputST {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String FILE = "clusters/staging/app.yaml";

    private static Path folder = Path.of("");
    private static Programs programs = new Programs(Path.of(""));
    private static Tidemark tidemark = new Tidemark(programs, Path.of(""));

    private String namespace = "";
    private DemoRegistry registry;
    private Gate registryGate;
    private GitRemote fleet;
    private GitHttpServer git;
    private Gate gitGate;

    @BeforeAll
    static void up(@TempDir Path temporary) throws IOException {
        folder = temporary;
        programs = new Programs(folder);
        tidemark = new Tidemark(programs, folder.resolve("state"));
        Files.createDirectories(folder.resolve("manifests"));
        var unused = tidemark.up(folder.resolve("manifests"));
    }

    @AfterAll
    static void down() {
        programs.close();
    }

    @BeforeEach
    void surroundings(TestInfo test, @TempDir Path own) throws IOException {
        namespace = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        registry = DemoRegistry.start(own.resolve("registry"), 0);
        registryGate = new Gate(registry.address());
        fleet = GitRemote.create(own, "fleet");
        git = GitHttpServer.start(own);
        gitGate = new Gate(git.url(""));
        String unused = fleet.commit(
                "main",
                "begin",
                Map.of(
                        FILE,
                        "kind: Deployment\nspec:\n  image: " + image() + ":1.0.0  # {\"$imagepolicy\": \"" + namespace
                                + ":app\"}\n"));
    }

    @AfterEach
    void tearDown() {
        gitGate.close();
        git.close();
        registryGate.close();
        registry.close();
    }

    @Test
    void unknownKindsAreNamedAndBrokenYamlIsPlaced() throws Exception {
        push("1.1.0");
        declare("deployment", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");
        declare("policy", policy());
        declare("broken", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: [oops\nstringData: {}\n");
        declare("repository", repository());

        awaitStatus("ImagePolicy", "latestImage: " + image() + ":1.1.0");
        String status = tidemark.status();
        assertThat(status)
                .containsPattern(
                        "Unreadable manifests \\(1\\)\\n  \\S+" + namespace + "-broken.yaml:[45] +not valid YAML")
                .containsPattern("Ignored manifests \\(1\\)\\n  \\S+" + namespace
                        + "-deployment.yaml:1 +Deployment web \\(apps/v1\\) is not a kind that Tidemark serves");
        assertThat(tidemark.log()).contains("-broken.yaml:", "not valid YAML");

        declare("policy", policy().replace("range", "range: ["));
        push("1.2.0");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(tidemark.status()).contains("Unreadable manifests (2)"));
        awaitStatus("ImagePolicy", "latestImage: " + image() + ":1.2.0");

        declare("policy", policy());
        declare("broken", "");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(tidemark.status()).doesNotContain("Unreadable manifests"));
    }

    @Test
    void aMissingSecretAndAMissingGitRepositoryAreNamed() throws Exception {
        registryGate.demand("robot", "right");
        push("1.1.0");
        declare("repository", repository().replace("insecure", "secretRef: {name: registry-credentials}, insecure"));
        declare("policy", policy());
        declare("automation", automation());

        awaitStatus(
                "ImageRepository", "status: \"False\"", "Secret '" + namespace + "/registry-credentials' not found");
        awaitStatus("ImageUpdateAutomation", "status: \"False\"", namespace + "/app\" not found");
        assertThat(tidemark.status())
                .containsPattern("ImageRepository " + namespace + "/app .*registry-credentials' not found")
                .containsPattern("ImageUpdateAutomation " + namespace + "/app .*git repository does not exist");

        declare("secret", """
                apiVersion: v1
                kind: Secret
                metadata: {name: registry-credentials, namespace: %s}
                type: kubernetes.io/dockerconfigjson
                stringData: {.dockerconfigjson: '%s'}
                """.formatted(namespace, registryGate.dockerConfig("robot", "right")));
        declare("source", source());

        awaitCommit("1.1.0");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsSaidAndCaughtUp() throws Exception {
        push("1.1.0");
        declare("all", repository() + "---\n" + policy() + "---\n" + source() + "---\n" + automation());
        awaitCommit("1.1.0");
        registryGate.fallSilent();
        push("1.2.0");

        awaitStatus("ImageRepository", "status: \"False\"", registryGate.authority() + " cannot be reached");
        assertThat(tidemark.status()).containsPattern("ImageRepository " + namespace + "/app .*cannot be reached");
        assertThat(tidemark.statusFile("ImagePolicy", namespace, "app")).contains("latestImage: " + image() + ":1.1.0");

        registryGate.open();

        awaitCommit("1.2.0");
    }

    @Test
    void aGitRemoteThatDoesNotAnswerIsSaidAndCaughtUp() throws Exception {
        push("1.1.0");
        declare("all", repository() + "---\n" + policy() + "---\n" + source() + "---\n" + automation());
        awaitCommit("1.1.0");
        gitGate.fallSilent();
        push("1.2.0");

        awaitStatus("ImageUpdateAutomation", "reason: GitOperationFailed", "status: \"False\"");
        assertThat(tidemark.status())
                .containsPattern("Failing \\(\\d+\\)[\\s\\S]*ImageUpdateAutomation " + namespace + "/app .*"
                        + gitGate.authority());

        gitGate.open();

        awaitCommit("1.2.0");
        assertThat(fleet.messages("updates")).hasSize(3);
    }

    private void push(String version) throws IOException, InterruptedException {
        try (DemoPush push = new DemoPush(registry.address())) {
            String unused = push.push("my-org/app", version);
        }
    }

    private String image() {
        return registryGate.authority() + "/my-org/app";
    }

    private void declare(String name, String text) throws IOException {
        Files.writeString(folder.resolve("manifests").resolve(namespace + "-" + name + ".yaml"), text);
    }

    private void awaitStatus(String kind, String... texts) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(tidemark.statusFile(kind, namespace, "app"))
                .as(kind + " " + namespace + "/app")
                .contains(texts));
    }

    private void awaitCommit(String version) {
        await().atMost(LIMIT)
                .until(() -> fleet.branches().contains("updates")
                        && fleet.read("updates", FILE).contains("image: " + image() + ":" + version));
    }

    private String repository() {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: app, namespace: %s}
                spec: {image: "%s", interval: 2s, insecure: true}
                """.formatted(namespace, image());
    }

    private String policy() {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app, namespace: %s}
                spec:
                  imageRepositoryRef: {name: app}
                  policy: {semver: {range: 1.x}}
                """.formatted(namespace);
    }

    private String source() {
        return """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: app, namespace: %s}
                spec: {interval: 5m, timeout: 3s, url: "%s", ref: {branch: main}}
                """.formatted(namespace, gitGate.url().resolve("/fleet.git"));
    }

    private String automation() {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: app, namespace: %s}
                spec:
                  interval: 5m
                  sourceRef: {kind: GitRepository, name: app}
                  git:
                    checkout: {ref: {branch: main}}
                    commit:
                      author: {email: fluxcdbot@users.noreply.github.com, name: fluxcdbot}
                      messageTemplate: '{{range .Updated.Images}}{{println .}}{{end}}'
                    push: {branch: updates}
                  update: {path: ./clusters/staging, strategy: Setters}
                """.formatted(namespace);
    }
}

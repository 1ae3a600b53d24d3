package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.testkit.FluxObjects;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tag that is pushed again with other content (flux-git-based 11): who reflects digests always follows it without any
 * webhook, who reflects them once keeps what it has, and who does not has none. What a provider exports follows always
 * (flux-gitless 1.4).
 */
class DigestST {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String REPOSITORY = "my-org/app";
    private static final String FILE = "clusters/staging/app.yaml";
    private static final String NAMESPACE = "digests";

    private final Path folder;
    private final Programs programs;
    private final Tidemark tidemark;
    private final HttpClient http = HttpClient.newHttpClient();
    private String registry = "";
    private GitRemote fleet;
    private GitHttpServer git;

    DigestST(@TempDir Path folder) {
        this.folder = folder;
        this.programs = new Programs(folder);
        this.tidemark = new Tidemark(programs, folder.resolve("state"));
    }

    @BeforeEach
    void surroundings() throws IOException {
        Path program = Tools.require("docker-registry", "docker-registry");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            registry = "127.0.0.1:" + free.getLocalPort();
        }
        Path config =
                Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: %s}
                log: {level: error}
                """.formatted(folder.resolve("registry"), registry));
        var unused = programs.start(List.of(program.toString(), "serve", config.toString()));
        await().atMost(LIMIT).ignoreExceptions().until(() -> ask(uri("/v2/")).statusCode() == 200);
        fleet = GitRemote.create(folder, "fleet");
        git = GitHttpServer.start(folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        git.close();
        http.close();
        programs.close();
    }

    @Test
    void aTagThatIsPushedAgainIsFollowedByWhoReflectsItsDigestAlways() throws Exception {
        String first = push("1.0.0");
        String second = push("next");
        assertThat(second).isNotEqualTo(first);
        String unused = fleet.commit("main", "begin", Map.of(FILE, """
                kind: Deployment
                spec:
                  image: %1$s:0.9.0  # {"$imagepolicy": "digests:always"}
                  digest: none  # {"$imagepolicy": "digests:always:digest"}
                  kept: none  # {"$imagepolicy": "digests:kept:digest"}
                """.formatted(image())));
        Path manifests = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("all.yaml"), resources());
        var up = tidemark.up(manifests);

        awaitSelection("always", "tag: 1.0.0", "digest: " + first);
        awaitSelection("kept", "tag: 1.0.0", "digest: " + first);
        awaitSelection("never", "tag: 1.0.0");
        awaitCommitted(first, first);
        awaitRendered(first);
        awaitExported("1.0.0", first);

        pushAgain("next", "1.0.0");

        awaitSelection("always", "tag: 1.0.0", "digest: " + second);
        awaitCommitted(second, first);
        awaitRendered(second);
        assertThat(status("always")).contains("observedPreviousRef:", first);
        assertThat(status("kept")).contains("digest: " + first).doesNotContain(second);
        assertThat(status("never")).doesNotContain("sha256:");

        // What happens while nobody looks is found when somebody looks again.
        up.kill();
        String third = push("after-next");
        pushAgain("after-next", "1.0.0");
        var again = tidemark.up(manifests);

        awaitSelection("always", "tag: 1.0.0", "digest: " + third);
        awaitCommitted(third, first);
        awaitRendered(third);

        // A list is exported with all its digests or not at all.
        String newer = push("1.1.0");
        awaitExported("1.1.0", newer);
        awaitExported("1.0.0", third);
        assertThat(rendered("1.1.0")).contains(newer);
        assertThat(rendered("1.0.0")).contains(third);
        assertThat(status("never")).doesNotContain("sha256:");
        assertThat(again.isAlive()).isTrue();
    }

    private void awaitSelection(String policy, String... texts) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(latestRef(policy)).as(policy).contains(texts));
    }

    private void awaitCommitted(String always, String kept) {
        await().atMost(LIMIT).until(() -> fleet.branches().contains("updates"));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(fleet.read("updates", FILE))
                .contains(
                        "image: " + image() + ":1.0.0@" + always + "  #",
                        "digest: " + always + "  #",
                        "kept: " + kept + "  #"));
    }

    /** What a provider exports is rendered with its digest, which follows the tag. */
    private void awaitRendered(String digest) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rendered("1.0.0")).contains(image() + ":1.0.0@" + digest));
    }

    private void awaitExported(String tag, String digest) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(tidemark.statusFile("ResourceSetInputProvider", NAMESPACE, "app"))
                        .contains("tag: " + tag, digest));
    }

    private String rendered(String tag) throws IOException {
        Path object =
                folder.resolve("state/objects/" + NAMESPACE + "/ConfigMap/app-" + tag.replace('.', '-') + ".yaml");
        return Files.exists(object) ? Files.readString(object) : "";
    }

    private String status(String policy) throws IOException {
        return tidemark.statusFile("ImagePolicy", NAMESPACE, policy);
    }

    /** What stands below {@code latestRef}; the previous one follows it. */
    private String latestRef(String policy) throws IOException {
        String status = status(policy);
        int begin = status.indexOf("latestRef:");
        int end = status.indexOf(" observed", Math.max(0, begin));
        return begin < 0 ? "" : status.substring(begin, end < 0 ? status.length() : end);
    }

    private String image() {
        return registry + "/" + REPOSITORY;
    }

    private URI uri(String path) {
        return URI.create("http://" + registry + path);
    }

    private HttpResponse<String> ask(URI uri) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri).header("Accept", MANIFEST).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String push(String tag) throws IOException, InterruptedException {
        try (DemoPush push = new DemoPush(uri("/"))) {
            return push.push(REPOSITORY, tag);
        }
    }

    /** As a job that builds a tag anew: it points to other content from now on. */
    private void pushAgain(String from, String tag) throws IOException, InterruptedException {
        String manifest = ask(uri("/v2/" + REPOSITORY + "/manifests/" + from)).body();
        HttpRequest put = HttpRequest.newBuilder(uri("/v2/" + REPOSITORY + "/manifests/" + tag))
                .header("Content-Type", MANIFEST)
                .PUT(HttpRequest.BodyPublishers.ofString(manifest))
                .build();
        assertThat(http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
    }

    private String resources() {
        return FluxObjects.in(NAMESPACE)
                        .imageRepository("app", image())
                        .imagePolicy("always", "app", policy("digestReflectionPolicy: Always, interval: 1s"))
                        .imagePolicy("kept", "app", policy("digestReflectionPolicy: IfNotPresent"))
                        .imagePolicy("never", "app", policy("digestReflectionPolicy: Never"))
                        .gitRepository("app", git.url("fleet.git"))
                        .every("2s")
                        .automation("app", "app", FluxObjects.COMMIT + ", push: {branch: updates}")
                        .text()
                + """
                ---
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata:
                  name: app
                  namespace: digests
                  annotations: {fluxcd.controlplane.io/reconcileEvery: 1s}
                spec: {type: OCIArtifactTag, url: "oci://%1$s", insecure: true, filter: {semver: "1.x"}}
                ---
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: app, namespace: digests}
                spec:
                  inputsFrom: [{kind: ResourceSetInputProvider, name: app}]
                  resources:
                  - apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: "app-<< inputs.tag | slugify >>", namespace: digests}
                    data: {image: "%1$s:<< inputs.tag >>@<< inputs.digest >>"}
                """.formatted(image());
    }

    private static String policy(String digests) {
        return "policy: {semver: {range: 1.x}}, " + digests;
    }
}

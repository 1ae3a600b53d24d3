package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.testkit.Tools;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.Ceiling;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against CNCF distribution itself. */
class OciRegistryIT {

    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final OciRegistry registry = new OciRegistry(
            new TestResources().cache(),
            new TestResources(),
            Map.of(),
            new OciRegistry.Limits(new Ceiling(64, 1000), Map.of()),
            new ThreadScheduler(Clock.systemUTC()));
    private Process process;
    private String authority;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Path program = Tools.require("docker-registry", "docker-registry");
        try (ServerSocket free = new ServerSocket(0)) {
            authority = "127.0.0.1:" + free.getLocalPort();
        }
        Path config = folder.resolve("config.yml");
        Files.writeString(config, """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
                http: {addr: %s}
                log: {level: error}
                """.formatted(folder.resolve("data"), authority));
        process = new ProcessBuilder(program.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> get("/v2/") == 200);
    }

    @AfterEach
    void stop() {
        registry.close();
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void listsAndLooksAtWhatWasPushed() throws Exception {
        String first = push("team/app", "1.0.0");
        String second = push("team/app", "1.1.0");
        push("team/app", "latest");

        Set<String> tags = new TreeSet<>();
        assertThat(registry.list(place("team/app"), Urgency.ROUTINE, new Registry.TagSink() {
                    @Override
                    public boolean tag(String tag) {
                        return tags.add(tag);
                    }

                    @Override
                    public void pageEnd() {}
                }))
                .isInstanceOf(Registry.Listing.Complete.class);
        assertThat(tags).containsExactly("1.0.0", "1.1.0", "latest");
        assertThat(registry.resolve(place("team/app"), Urgency.AWAITED, "1.0.0"))
                .isEqualTo(new Registry.Resolution.Found(first));
        assertThat(registry.resolve(place("team/app"), Urgency.AWAITED, "1.1.0"))
                .isEqualTo(new Registry.Resolution.Found(second));
        assertThat(registry.resolve(place("team/app"), Urgency.AWAITED, "2.0.0"))
                .isInstanceOf(Registry.Resolution.Gone.class);
    }

    @Test
    void tellsARepositoryThatDoesNotExist() {
        assertThat(registry.list(place("team/none"), Urgency.ROUTINE, new Registry.TagSink() {
                    @Override
                    public boolean tag(String tag) {
                        throw new AssertionError(tag);
                    }

                    @Override
                    public void pageEnd() {}
                }))
                .isInstanceOfSatisfying(Registry.Failed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(ScanFailure.NOT_FOUND);
                    assertThat(failed.message()).contains("NAME_UNKNOWN");
                });
    }

    private Registry.Place place(String repository) {
        return new Registry.Place(
                new Feed(new ImageName(authority + "/" + repository), ""),
                AccessProfile.ANONYMOUS,
                Duration.ofSeconds(20));
    }

    private String push(String repository, String tag) throws Exception {
        byte[] config = ("{\"tag\":\"" + tag + "\"}").getBytes(StandardCharsets.UTF_8);
        String configDigest = digest(config);
        HttpResponse<Void> upload = http.send(
                HttpRequest.newBuilder(uri("/v2/" + repository + "/blobs/uploads/"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        String location = upload.headers().firstValue("Location").orElseThrow();
        assertThat(put(
                        URI.create(location + (location.contains("?") ? "&" : "?") + "digest=" + configDigest),
                        "application/octet-stream",
                        config))
                .isEqualTo(201);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST_TYPE
                        + "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
                        + configDigest + "\",\"size\":" + config.length + "},\"layers\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(put(uri("/v2/" + repository + "/manifests/" + tag), MANIFEST_TYPE, manifest))
                .isEqualTo(201);
        return digest(manifest);
    }

    private int put(URI uri, String type, byte[] body) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", type)
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private URI uri(String path) {
        return URI.create("http://" + authority + path);
    }

    private static String digest(byte[] content) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}

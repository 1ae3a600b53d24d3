package dev.tidemark.evaluator;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One packaged process of the service. */
final class Replica {

    static final int PARTITIONS = 4;

    private static final Pattern LISTENING = Pattern.compile("Management interface listening on http://[^:]+:([0-9]+)");

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Path token;
    private final HttpClient http = HttpClient.newHttpClient();

    private Replica(Process process, Path token) {
        this.process = process;
        this.token = token;
        Thread.ofPlatform().daemon().start(this::drain);
    }

    static Replica start(Path folder, String bootstrapServers) throws IOException {
        return start(folder, bootstrapServers, "local");
    }

    static Replica start(Path folder, String bootstrapServers, String cluster) throws IOException {
        Files.createDirectories(folder.resolve("manifests"));
        return new Replica(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx128m",
                                "-Dquarkus.http.host-enabled=false",
                                "-Dquarkus.management.port=0",
                                "-Dquarkus.devservices.enabled=false",
                                "-Dkafka.bootstrap.servers=" + bootstrapServers,
                                "-Dtidemark.cluster=" + cluster,
                                "-Dtidemark.partitions=" + PARTITIONS,
                                "-Dtidemark.manifests=" + folder.resolve("manifests"),
                                "-Dtidemark.state=" + folder.resolve("state"),
                                "-jar",
                                Objects.requireNonNull(System.getProperty("tidemark.package"), "run by failsafe"))
                        .redirectErrorStream(true)
                        .start(),
                folder.resolve("state/management.token"));
    }

    private void drain() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                }
                System.getLogger(Replica.class.getName()).log(System.Logger.Level.DEBUG, line);
            }
        } catch (IOException killed) {
            port.completeExceptionally(killed);
        }
    }

    void awaitReady(Duration patience) {
        await().atMost(patience).until(() -> port.isDone() && status("/q/health/ready") == 200);
    }

    String get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    int post(String path, String json) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(uri(path))
                                .header("content-type", "application/json")
                                .header(
                                        "authorization",
                                        "Bearer " + Files.readString(token).strip())
                                .POST(BodyPublishers.ofString(json))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private int status(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port.join() + path);
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
    }
}

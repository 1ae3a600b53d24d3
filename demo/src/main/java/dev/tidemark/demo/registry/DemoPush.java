package dev.tidemark.demo.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Pushes a tiny image the way a CI job does: configuration, layer, manifest. Works with any registry that lets it. */
public final class DemoPush implements AutoCloseable {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI registry;

    public DemoPush(URI registry) {
        this.registry = registry;
    }

    /**
     * Pushes {@code repository:tag}; when this returns the registry has acknowledged the manifest.
     *
     * @return the manifest's digest
     * @throws IOException with the registry's answer, if it refuses
     */
    public String push(String repository, String tag) throws IOException, InterruptedException {
        byte[] layer = ("this is " + repository + ':' + tag + '\n').getBytes(StandardCharsets.UTF_8);
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[\"" + Digest.of(layer).text() + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        blob(repository, layer);
        blob(repository, config);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                        + descriptor(CONFIG, config) + ",\"layers\":[" + descriptor(LAYER, layer) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = send(request("/v2/" + repository + "/manifests/" + tag)
                .header("Content-Type", MANIFEST)
                .PUT(BodyPublishers.ofByteArray(manifest)));
        expect(answer, 201, "the manifest of " + repository + ':' + tag);
        return Digest.of(manifest).text();
    }

    private void blob(String repository, byte[] content) throws IOException, InterruptedException {
        HttpResponse<String> begun =
                send(request("/v2/" + repository + "/blobs/uploads/").POST(BodyPublishers.noBody()));
        expect(begun, 202, "an upload to " + repository);
        String location = begun.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("the registry accepted an upload without saying where to"));
        String separator = location.indexOf('?') < 0 ? "?" : "&";
        HttpResponse<String> stored = send(HttpRequest.newBuilder(registry.resolve(
                        location + separator + "digest=" + Digest.of(content).text()))
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(content)));
        expect(stored, 201, "a blob of " + repository);
    }

    private static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\""
                + Digest.of(content).text() + "\",\"size\":" + content.length + "}";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(registry.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void expect(HttpResponse<String> answer, int status, String what) throws IOException {
        if (answer.statusCode() != status) {
            throw new IOException(
                    "the registry refused " + what + " with " + answer.statusCode() + ": " + answer.body());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

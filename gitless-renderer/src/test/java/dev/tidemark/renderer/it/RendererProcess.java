package dev.tidemark.renderer.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service as a process; its output goes to a file that a failure can be read from. */
final class RendererProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Management interface listening on http://[^:]+:([0-9]+)");

    private final Process process;
    private final Path output;

    private RendererProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static RendererProcess start(Path folder, String bootstrapServers, int partitions) throws IOException {
        Path output = Path.of("target", "gitless-renderer-it.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=0",
                        "-Dquarkus.management.port=0",
                        "-Dkafka.bootstrap.servers=" + bootstrapServers,
                        "-Dtidemark.partitions=" + partitions,
                        "-Dtidemark.manifests=" + folder.resolve("manifests"),
                        "-Dtidemark.state=" + folder.resolve("state"),
                        "-jar",
                        Objects.requireNonNull(System.getProperty("tidemark.package")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        return new RendererProcess(process, output);
    }

    /** What the readiness check says; false while the process does not listen yet. */
    boolean isReady() throws IOException, InterruptedException {
        Matcher listening = LISTENING.matcher(Files.readString(output));
        String port = null;
        while (listening.find()) {
            port = listening.group(1);
        }
        if (port == null) {
            return false;
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("gitless-renderer");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

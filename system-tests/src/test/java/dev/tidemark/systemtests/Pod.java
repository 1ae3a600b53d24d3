package dev.tidemark.systemtests;

import static org.awaitility.Awaitility.await;

import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.systemtests.Programs.Program;
import dev.tidemark.testkit.kube.ApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All-in-one as its pod has it: the overlay's account with its rights, its settings, a folder in the volume's place. */
record Pod(Program program, int management) {

    private static final String NAMESPACE = "tidemark";
    private static final String ACCOUNT = "tidemark";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Applies the overlay, with all kinds, and starts what it has. Returns when it is ready. */
    static Pod start(Programs programs, ApiServer server, Path volume, Map<String, String> more) throws IOException {
        server.installDefinitions();
        server.kubectl(
                "apply",
                "--server-side",
                "-k",
                Programs.root().resolve("deploy/overlays/all-in-one").toString());
        Pod pod = run(programs, server, volume, more);
        await().atMost(LIMIT).until(pod::isReady);
        return pod;
    }

    private static Pod run(Programs programs, ApiServer server, Path volume, Map<String, String> more)
            throws IOException {
        int management = EmbeddedBroker.freePort();
        List<String> command = new ArrayList<>(
                List.of(Programs.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-jar"));
        command.add(Programs.root()
                .resolve("all-in-one/target/quarkus-app/quarkus-run.jar")
                .toString());
        Map<String, String> environment = new HashMap<>(Map.of(
                "TIDEMARK_RESOURCES",
                "kubernetes",
                "TIDEMARK_STATE",
                volume.resolve("state").toString(),
                "KUBECONFIG",
                server.kubeconfig(NAMESPACE, ACCOUNT).toString(),
                "QUARKUS_HTTP_PORT",
                "0",
                "QUARKUS_MANAGEMENT_PORT",
                String.valueOf(management),
                "QUARKUS_LOG_CONSOLE_ENABLED",
                "true",
                "QUARKUS_LOG_FILE_ENABLED",
                "false"));
        environment.putAll(more);
        return new Pod(programs.start(command, environment), management);
    }

    private boolean isReady() throws InterruptedException {
        if (!program.isAlive()) {
            throw new AssertionError("all-in-one ended: " + program.output());
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    String log() {
        return program.output();
    }
}

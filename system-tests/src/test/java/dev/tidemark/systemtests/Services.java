package dev.tidemark.systemtests;

import dev.tidemark.broker.EmbeddedBroker;
import dev.tidemark.systemtests.Programs.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts the four packaged services as processes on one broker. */
final class Services implements AutoCloseable {

    private final Programs programs;
    private final List<String> settings;
    private final Map<String, String> environment = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param port of webhooks; kept over a restart, as behind a service's name in a cluster
     * @param management port of everything else
     */
    record Replica(Service service, int port, int management, Program program) {

        URI http() {
            return URI.create("http://127.0.0.1:" + port);
        }

        URI health() {
            return URI.create("http://127.0.0.1:" + management + "/q/health/ready");
        }

        void kill() {
            program.kill();
        }
    }

    Services(Programs programs, String bootstrapServers, int partitions, List<Path> manifests, Path state, URI mirror) {
        this(programs, Map.of("bootstrap.servers", bootstrapServers), partitions, manifests, state, mirror);
    }

    /** @param kafka settings of Kafka's clients by their names; given by the environment, as one gives a password */
    Services(
            Programs programs,
            Map<String, String> kafka,
            int partitions,
            List<Path> manifests,
            Path state,
            URI mirror) {
        this.programs = programs;
        kafka.forEach((name, value) ->
                environment.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        this.settings = List.of(
                "-Dtidemark.partitions=" + partitions,
                "-Dtidemark.manifests=" + manifests.stream().map(Path::toString).collect(Collectors.joining(",")),
                "-Dtidemark.state=" + state,
                "-Dtidemark.registry-watcher.mirrors.\"ghcr.io\"=" + mirror);
    }

    Replica start(Service service) throws IOException {
        return start(service, Map.of());
    }

    /** @param more environment of this process alone */
    Replica start(Service service, Map<String, String> more) throws IOException {
        return start(service, EmbeddedBroker.freePort(), more);
    }

    /** Starts another process in the place of one that was killed. */
    Replica restart(Replica gone) throws IOException {
        return restart(gone, Map.of());
    }

    /** @param more environment of this process alone */
    Replica restart(Replica gone, Map<String, String> more) throws IOException {
        return start(gone.service(), gone.port(), more);
    }

    private Replica start(Service service, int port, Map<String, String> more) throws IOException {
        int management = EmbeddedBroker.freePort();
        List<String> command = new ArrayList<>(List.of(
                Programs.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx160m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + management));
        command.addAll(settings);
        command.add("-jar");
        command.add(Programs.root()
                .resolve(service.module())
                .resolve("target/quarkus-app/quarkus-run.jar")
                .toString());
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Replica(service, port, management, programs.start(command, all));
    }

    /** Whether the replica says that it does its work. */
    boolean isReady(Replica replica) throws InterruptedException {
        if (!replica.program().isAlive()) {
            throw new AssertionError(
                    replica.service() + " ended: " + replica.program().output());
        }
        try {
            URI ready = replica.health();
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

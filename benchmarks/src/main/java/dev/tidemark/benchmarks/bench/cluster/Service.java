package dev.tidemark.benchmarks.bench.cluster;

import dev.tidemark.benchmarks.bench.rig.Limits;
import dev.tidemark.benchmarks.bench.rig.ProcessTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process as a container would run it: the image's flags, the manifest's environment, its limit of memory. */
public final class Service {

    public static final List<String> MODULES =
            List.of("registry-watcher", "policy-evaluator", "git-committer", "gitless-renderer");

    /** The limits in deploy/overlays/all-in-one and deploy/base. */
    static final long ALL_IN_ONE_MEBIBYTES = 2_048;

    static final long SERVICE_MEBIBYTES = 1_024;

    /** By its name: whoever measures has none of the product's classes. */
    private static final String BROKER = "dev.tidemark.broker.BrokerProgram";

    private static final MemoryLimit LIMIT = MemoryLimit.here();

    private final String name;
    private final Process process;
    private final URI webhooks;
    private final URI ready;
    private final Path log;
    private final long begun;

    private Service(String name, Process process, URI webhooks, URI ready, Path log, long begun) {
        this.name = name;
        this.process = process;
        this.webhooks = webhooks;
        this.ready = ready;
        this.log = log;
        this.begun = begun;
    }

    /** How the limit is set here. */
    public static String limit() {
        return LIMIT.title();
    }

    static Service start(
            Path root, String module, long mebibytes, Programs programs, String kubeconfig, Map<String, String> more)
            throws IOException, InterruptedException {
        Image image = new Image(root, module);
        List<String> command = LIMIT.around(image.command(programs), module, mebibytes);
        int http = Programs.freePort();
        int management = Programs.freePort();
        Map<String, String> environment = new HashMap<>(more);
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("TIDEMARK_RESOURCES", "kubernetes");
        environment.put("KUBECONFIG", kubeconfig);
        environment.put(
                "TIDEMARK_STATE", programs.folder().resolve("state-" + module).toString());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(http));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management));
        environment.put("QUARKUS_LOG_CONSOLE_ENABLED", "true");
        environment.put("QUARKUS_LOG_FILE_ENABLED", "false");
        long begun = System.nanoTime();
        Process process = programs.start(module, environment, image.folder(), command);
        return new Service(
                module,
                process,
                URI.create("http://127.0.0.1:" + http),
                URI.create("http://127.0.0.1:" + management + "/q/health/ready"),
                programs.folder().resolve(module + ".log"),
                begun);
    }

    static String broker(Path root, Programs programs) throws IOException, InterruptedException {
        int port = Programs.freePort();
        String classes = root.resolve("all-in-one/target/quarkus-app/lib/main") + "/*";
        Process broker = programs.start(
                "broker",
                Map.of(),
                List.of(
                        Image.java(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes,
                        BROKER,
                        programs.folder().resolve("broker").toString(),
                        String.valueOf(port),
                        String.valueOf(Programs.freePort())));
        Path log = programs.folder().resolve("broker.log");
        var unused = Limits.await("the broker", Limits.EFFECT, () -> {
            if (!broker.isAlive()) {
                throw new IOException("the broker ended, see " + log);
            }
            return Files.exists(programs.folder().resolve("broker/ready"));
        });
        return "127.0.0.1:" + port;
    }

    public String name() {
        return name;
    }

    /** Where it listens for webhooks. */
    public URI webhooks() {
        return webhooks;
    }

    public ProcessTree processes() {
        return new ProcessTree(process.toHandle());
    }

    /** When it was begun, by {@link System#nanoTime}. */
    public long begun() {
        return begun;
    }

    /** @return when it was ready, by {@link System#nanoTime} */
    public long awaitReady() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!isReady(http)) {
                if (!process.isAlive()) {
                    throw new IOException(name + " ended, see " + log);
                }
                Limits.rest(Duration.ofMillis(50));
            }
        }
        return System.nanoTime();
    }

    private boolean isReady(HttpClient http) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    static void removeGroups() {
        MODULES.forEach(LIMIT::remove);
        LIMIT.remove("all-in-one");
    }
}

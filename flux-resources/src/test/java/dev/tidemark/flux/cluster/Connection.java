package dev.tidemark.flux.cluster;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.testkit.kube.ApiServer;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The tests' connection to the real API server, as an account of its own; closing it ends what it began. */
final class Connection implements AutoCloseable {

    private static final Duration SOON = Duration.ofMillis(200);

    private final ExecutorService loop = Executors.newVirtualThreadPerTaskExecutor();
    private final ClusterApi api;
    private final ClusterSource source;

    private Connection(Config config, ClusterSettings settings) {
        this.api = new ClusterApi(config);
        this.source = new ClusterSource(api, settings, Clock.systemUTC(), loop, SOON);
    }

    /** The administrator's, of one namespace. */
    static Connection of(ApiServer server, String namespace) {
        return of(server.kubeconfig(), namespace);
    }

    static Connection of(Path kubeconfig, String namespace) {
        return of(kubeconfig, new ClusterSettings(namespace, "", false, Optional.empty()));
    }

    static Connection of(Path kubeconfig, ClusterSettings settings) {
        return new Connection(config(kubeconfig), settings);
    }

    static Config config(Path kubeconfig) {
        try {
            return Config.fromKubeconfig(Files.readString(kubeconfig));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An API server that only speaks the protocol. */
    static Connection to(String url) {
        Config config = Config.empty();
        config.setMasterUrl(url);
        return new Connection(config, ClusterSettings.ALL);
    }

    /** The JVM's API server with Tidemark's kinds. */
    static ApiServer server() {
        ApiServer server = ApiServer.shared();
        server.install(root().resolve("deploy/crds"));
        return server;
    }

    /** One more kind, which others may lack. */
    static void install(ApiServer server, String definition) {
        server.kubectl(
                "apply",
                "--server-side",
                "-f",
                root().resolve("deploy/crds").resolve(definition).toString());
    }

    static Path root() {
        return Path.of(System.getProperty("tidemark.root", ".."));
    }

    ClusterApi api() {
        return api;
    }

    ClusterSource source() {
        return source;
    }

    ExecutorService loop() {
        return loop;
    }

    ResourceCache cache(Kind<?>... kinds) {
        ResourceCache cache = new ResourceCache(List.of(kinds), List.of(), Runnable::run);
        var unused = source.feed(cache);
        return cache;
    }

    @Override
    public void close() {
        source.close();
        loop.shutdownNow();
        api.close();
    }

    static String repository(String name, String namespace, String interval) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: %s, namespace: %s}
                spec: {image: ghcr.io/acme/%s, interval: %s}
                """.formatted(name, namespace, name, interval);
    }
}

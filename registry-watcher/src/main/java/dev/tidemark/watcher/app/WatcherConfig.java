package dev.tidemark.watcher.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Map;

/** The watcher's settings. */
@ConfigMapping(prefix = "tidemark.registry-watcher")
public interface WatcherConfig {

    /**
     * Base URLs that are asked in place of a registry, by the registry's host: {@code
     * mirrors."ghcr.io"=http://localhost:5000}. However a host is spelled ({@code docker.io}, {@code index.docker.io},
     * {@code registry-1.docker.io}), it is the same registry. A mirror gets only credentials whose key names the mirror.
     */
    Map<String, URI> mirrors();

    /**
     * Requests under way at one host with one credential at most. How many really are follows from how quickly it answers:
     * 16 at first, fewer when it becomes slow. A quarter is kept for single tags.
     */
    @WithDefault("64")
    int requestsAtOnce();

    /**
     * Requests per second to one host with one credential at most; three seconds' worth may go at once after a quiet time.
     * A host that says that it is asked too often gets half of what it got, and twice as many again each minute.
     */
    @WithDefault("500")
    double requestsPerSecond();

    /**
     * Requests per second to one host at most, with all credentials together, by host: {@code
     * host-requests-per-second."quay.io"=5}. Docker Hub has 10 unless it is named here: it counts by address, and nodes pull
     * from the same one.
     */
    Map<String, Double> hostRequestsPerSecond();
}

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

    /** Requests per second to one host with one credential, in the long run. */
    @WithDefault("20")
    double requestsPerSecond();

    /** Requests that may go at once after a quiet time; a quarter is kept for webhooks and requested scans. */
    @WithDefault("60")
    int requestBurst();
}

package dev.tidemark.watcher.listener;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What senders of webhooks get together; how many connections is {@code quarkus.http.limits.max-connections}. */
@ConfigMapping(prefix = "tidemark.registry-watcher.webhooks")
public interface WebhookConfig {

    /** Bodies of usual size are a few kilobytes; with a quarter of the heap full there is room for all else. */
    int BODIES_SHARE_OF_HEAP = 4;

    /** Memory that all bodies together may take, for example 32M; by default a quarter of the heap. Above it: 503. */
    Optional<MemorySize> bodyBudget();

    /** How long a sender may take for a body. Flux's limit; registries need milliseconds. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /** Webhooks that are worked at once, each waits for the log; above it: 503. */
    @WithDefault("256")
    int requestsAtOnce();
}

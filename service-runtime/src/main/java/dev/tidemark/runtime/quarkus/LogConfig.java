package dev.tidemark.runtime.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** When replicas of a service notice that one of them is gone. Kafka's own settings stand below {@code kafka}. */
@ConfigMapping(prefix = "tidemark.kafka")
public interface LogConfig {

    /** Milliseconds of silence after which a replica's partitions go to others. */
    @WithDefault("6000")
    int sessionTimeoutMs();

    /**
     * Milliseconds between two signs of life; a third of the silence at most. With the next one after a replica has gone
     * the others take its partitions.
     */
    @WithDefault("500")
    int heartbeatMs();

    /**
     * Milliseconds that a replica's question for records waits at the broker. Each question costs processor time at rest;
     * partitions that a replica takes over meanwhile are read only after it.
     */
    @WithDefault("500")
    int fetchMaxWaitMs();

    /**
     * A name of this replica that survives restarts, such as the pod's of a StatefulSet, and that no other has: who comes
     * back quickly under it keeps its partitions.
     */
    Optional<String> instanceId();
}

package dev.tidemark.runtime;

import dev.tidemark.events.kafka.DeadLetters;
import dev.tidemark.events.kafka.LogSettings;
import dev.tidemark.events.kafka.TopicProvisioner;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives the services the log, and makes its topics exist before any channel or topology starts. */
@Singleton
public class LogWiring {

    /** Before the channels, which subscribe while the application starts. */
    private static final int BEFORE_CHANNELS = -1_000_000;

    private final LogSettings settings;

    LogWiring(TidemarkConfig config, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.settings = new LogSettings(
                bootstrapServers, config.partitions(), config.replicationFactor(), config.auditWindow());
    }

    void provision(@Observes @Priority(BEFORE_CHANNELS) StartupEvent start) {
        new TopicProvisioner(settings, "tidemark-topics").provision();
    }

    @Produces
    @Singleton
    LogSettings logSettings() {
        return settings;
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    DeadLetters deadLetters() {
        return new DeadLetters(settings, "tidemark-dead-letters");
    }

    void close(@Disposes DeadLetters deadLetters) {
        deadLetters.close();
    }
}

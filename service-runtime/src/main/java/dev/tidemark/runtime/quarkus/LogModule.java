package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.EventReader;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogClients.Membership;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.LogUser;
import dev.tidemark.runtime.log.Replication;
import dev.tidemark.runtime.log.TokenPlaces;
import dev.tidemark.runtime.log.TopicNames;
import dev.tidemark.runtime.log.TopicProvisioner;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.time.ThreadScheduler;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Gives the services the log, and makes its topics exist before any channel or topology starts. */
@Singleton
public class LogModule {

    /** Before the channels, which subscribe while the application starts. */
    private static final int BEFORE_CHANNELS = -1_000_000;

    /** Nobody reads any more. */
    private static final int AFTER_SERVICES = Integer.MAX_VALUE;

    private final LogClients clients;

    LogModule(TidemarkConfig config, LogConfig log, Config all, LogListener listener) {
        // with the cluster's default, which the channels' settings name too
        TopicNames names = new TopicNames(config.topicPrefix().orElse(""));
        Map<String, String> kafka = KafkaProperties.of(all);
        TokenPlaces.allow(kafka, System.getProperties());
        this.clients = new LogClients(
                new LogSettings(
                        names,
                        config.partitions(),
                        Replication.of(config.replicationFactor(), config.minInSyncReplicas()),
                        config.auditWindow()),
                kafka,
                new Membership(
                        Duration.ofMillis(log.sessionTimeoutMs()),
                        Duration.ofMillis(log.heartbeatMs()),
                        Duration.ofMillis(log.fetchMaxWaitMs()),
                        log.instanceId()),
                new EventReader(listener::read));
    }

    /** @param services those that live in this process: each makes and checks what it uses, and may see no more */
    void provision(@Observes @Priority(BEFORE_CHANNELS) StartupEvent start, @Any Instance<LogUser> services) {
        new TopicProvisioner(clients, "tidemark-topics")
                .provision(services.stream().toList());
    }

    @Produces
    @Singleton
    LogClients logClients() {
        return clients;
    }

    @Produces
    @Singleton
    LogSettings logSettings() {
        return clients.settings();
    }

    /** Static: who counts what is read needs it, before there is a log. */
    @Produces
    @Singleton
    static Clock clock() {
        return Clock.systemUTC();
    }

    /** Static, as the clock is. */
    @Produces
    @Singleton
    static ThreadScheduler scheduler(Clock clock) {
        return new ThreadScheduler(clock);
    }

    static void close(@Disposes ThreadScheduler scheduler) {
        scheduler.close();
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(LogListener listener) {
        return new DeadLetters(clients, "tidemark-dead-letters", listener::deadLetter);
    }

    /** While there is a broker: all-in-one's ends before the singletons do, and a producer would ask for it in vain. */
    void close(@Observes @Priority(AFTER_SERVICES) ShutdownEvent end, DeadLetters deadLetters) {
        deadLetters.close();
    }
}

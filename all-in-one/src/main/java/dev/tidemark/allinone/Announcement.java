package dev.tidemark.allinone;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says in the state folder how to reach this process, as soon as it is ready and not before. */
@Singleton
public class Announcement {

    private static final Duration GLANCE = Duration.ofMillis(20);

    private final SmallRyeHealthReporter health;
    private final Clock clock;
    private final String version;

    Announcement(
            SmallRyeHealthReporter health,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.health = health;
        this.clock = clock;
        this.version = version;
    }

    void watch(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {
        Installation.running()
                .ifPresent(
                        installation -> Thread.ofVirtual().name("announcement").start(() -> announce(installation)));
    }

    private void announce(Installation installation) {
        while (health.getReadiness().isDown()) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        Config config = ConfigProvider.getConfig();
        String json =
                "{\"pid\":%d,\"http\":\"%s\",\"management\":\"%s\",\"kafka\":\"%s\",\"startedAt\":\"%s\",\"version\":\"%s\"}\n"
                        .formatted(
                                ProcessHandle.current().pid(),
                                url(config, "quarkus.http"),
                                url(config, "quarkus.management"),
                                installation.broker().bootstrapServers(),
                                clock.instant(),
                                version);
        try {
            installation.state().publishEndpoints(json);
        } catch (IOException e) {
            throw new UncheckedIOException("endpoints.json could not be written", e);
        }
    }

    /** From this machine; a listener on all interfaces is there too. */
    private static String url(Config config, String listener) {
        String host = config.getValue(listener + ".host", String.class);
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String reached = everywhere ? "127.0.0.1" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "http://" + reached + ":" + config.getValue(listener + ".port", Integer.class);
    }
}

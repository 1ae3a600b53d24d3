package dev.tidemark.allinone;

import dev.tidemark.runtime.time.Scheduler;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says in the state folder how to reach this process, as soon as it is ready and not before. */
@Singleton
public class Announcement {

    private static final Duration POLL = Duration.ofMillis(20);

    private final SmallRyeHealthReporter health;
    private final Scheduler scheduler;
    private final String version;

    Announcement(
            SmallRyeHealthReporter health,
            Scheduler scheduler,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.health = health;
        this.scheduler = scheduler;
        this.version = version;
    }

    void watch(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {
        Installation.running()
                .ifPresent(installation -> scheduler.start("announcement", () -> announceWhenReady(installation)));
    }

    private void announceWhenReady(Installation installation) {
        if (health.getReadiness().isDown()) {
            var unused =
                    scheduler.after(POLL, () -> scheduler.start("announcement", () -> announceWhenReady(installation)));
        } else {
            announce(installation);
        }
    }

    private void announce(Installation installation) {
        Config config = ConfigProvider.getConfig();
        String json =
                "{\"pid\":%d,\"http\":\"%s\",\"management\":\"%s\",\"kafka\":\"%s\",\"startedAt\":\"%s\",\"version\":\"%s\"}\n"
                        .formatted(
                                ProcessHandle.current().pid(),
                                url(config, "quarkus.http"),
                                url(config, "quarkus.management"),
                                installation.broker().bootstrapServers(),
                                scheduler.now(),
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

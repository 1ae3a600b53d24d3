package dev.tidemark.allinone;

import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.runtime.time.Scheduler;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says in the state folder how to reach this process, and to who started it, as soon as it is ready and not before. That
 * begins when the framework has started everything: it opens the ports last.
 */
@Singleton
@Unremovable
public class Announcement implements QuarkusApplication {

    /** Hardly noticed; asking everybody takes processor time of a start that has none to give. */
    private static final Duration POLL = Duration.ofMillis(50);

    private final SmallRyeHealthReporter health;
    private final Scheduler scheduler;
    private final TidemarkConfig settings;
    private final String version;

    Announcement(
            SmallRyeHealthReporter health,
            Scheduler scheduler,
            TidemarkConfig settings,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.health = health;
        this.scheduler = scheduler;
        this.settings = settings;
        this.version = version;
    }

    @Override
    public int run(String... arguments) {
        Installation.running()
                .ifPresent(installation -> scheduler.start("announcement", () -> announceWhenReady(installation)));
        Quarkus.waitForExit();
        return 0;
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
        String http = url(config, "quarkus.http");
        String json =
                "{\"pid\":%d,\"http\":\"%s\",\"management\":\"%s\",\"kafka\":\"%s\",\"startedAt\":\"%s\",\"version\":\"%s\"}\n"
                        .formatted(
                                ProcessHandle.current().pid(),
                                http,
                                url(config, "quarkus.management"),
                                installation.bootstrapServers(),
                                scheduler.now(),
                                version);
        try {
            installation
                    .state()
                    .publishRun(JsonWriter.indented(Map.of(
                                    "manifests",
                                    settings.manifests().stream()
                                            .map(Path::toAbsolutePath)
                                            .map(Path::normalize)
                                            .map(Path::toString)
                                            .toList()))
                            + "\n");
            installation.state().publishEndpoints(json);
        } catch (IOException e) {
            throw new UncheckedIOException("endpoints.json could not be written", e);
        }
        config.getOptionalValue("tidemark.asked-at", Instant.class)
                .ifPresent(asked -> greet(Duration.between(asked, scheduler.now()), http, installation));
    }

    /** What a person reads who waits for it. */
    private void greet(Duration since, String http, Installation installation) {
        System.out.println("Tidemark " + version + " is ready after " + since.toMillis() + " ms, at " + http + ".");
        if (installation.listen().isSecondChoice()) {
            System.out.println("Port " + Listen.DEFAULT_PORT + " was taken at the first start: webhooks go to " + http
                    + ", also after a restart. Choose another with --listen HOST:PORT.");
        }
        System.out.println("State: " + installation.state());
        System.out.println("Look with './tidemark status', end with Ctrl-C.");
    }

    /** From this machine; a listener on all interfaces is there too. */
    private static String url(Config config, String listener) {
        String host = config.getValue(listener + ".host", String.class);
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String reached = everywhere ? "127.0.0.1" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "http://" + reached + ":" + config.getValue(listener + ".port", Integer.class);
    }
}

package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.runtime.trace.SpanSender;
import dev.tidemark.runtime.trace.Steps;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Has facts sent as spans, where somebody wants them; else there is nothing of it in memory but this. */
@Singleton
public class TracesModule {

    /** With the last facts of the services. */
    private static final int AFTER_SERVICES = Integer.MAX_VALUE - 1;

    private final Optional<SpanSender> sender;

    TracesModule(
            TracesConfig config,
            ThreadScheduler scheduler,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.sender = config.endpoint()
                .map(endpoint -> new SpanSender(
                        SpanSender.Target.of(endpoint, config.headers().orElse("")), version, scheduler));
    }

    /** Empty where nobody wants traces. */
    Optional<LogListener> facts() {
        return sender.map(SpanSender::facts);
    }

    /** For services that note the steps to a fact; empty where nobody wants traces. */
    @Produces
    @Singleton
    Optional<Steps> steps() {
        return sender.map(SpanSender::steps);
    }

    void close(@Observes @Priority(AFTER_SERVICES) ShutdownEvent end) {
        sender.ifPresent(SpanSender::close);
    }
}

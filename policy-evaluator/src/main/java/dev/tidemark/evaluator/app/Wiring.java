package dev.tidemark.evaluator.app;

import dev.tidemark.evaluator.kafka.DeclaredChannel;
import dev.tidemark.evaluator.kafka.DeclaredOwnership;
import dev.tidemark.evaluator.kafka.Declarer;
import dev.tidemark.events.kafka.LogSettings;
import dev.tidemark.events.kafka.TopicProvisioner;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.runtime.TidemarkConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts policy-evaluator together and gives it its life. */
@Singleton
public class Wiring {

    private static final String VERSION = "policy-evaluator/1";

    @Produces
    @Singleton
    EvaluatorStreams streams(EvaluatorConfig config, LogSettings log, Clock clock) {
        return new EvaluatorStreams(config, log, clock, VERSION);
    }

    @Produces
    @Singleton
    Declarer declarer(
            DeclaredChannel channel, ResourceSource resources, LogSettings log, TidemarkConfig config, Clock clock) {
        return new Declarer(channel, resources, log, config.cluster(), clock);
    }

    void start(
            @Observes StartupEvent event,
            EvaluatorStreams streams,
            EvaluatorConfig config,
            LogSettings log,
            Declarer declarer,
            @Identifier("policy-evaluator-policy-declared") DeclaredOwnership ownership,
            PolicyStatusWriter status) {
        // those that Streams made for itself before it was told how large records are
        new TopicProvisioner(log, "policy-evaluator-topics").checkRoom(config.applicationId() + '-');
        streams.start();
        declarer.start(ownership);
        status.start();
    }

    void stop(@Observes ShutdownEvent event, EvaluatorStreams streams, Declarer declarer) {
        declarer.close();
        streams.close();
    }
}

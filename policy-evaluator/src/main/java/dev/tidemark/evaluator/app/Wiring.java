package dev.tidemark.evaluator.app;

import dev.tidemark.evaluator.kafka.DeclaredChannel;
import dev.tidemark.evaluator.kafka.DeclaredOwnership;
import dev.tidemark.evaluator.kafka.Declarer;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicProvisioner;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
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
    EvaluatorStreams streams(EvaluatorConfig config, LogClients log, Clock clock) {
        return new EvaluatorStreams(config, log, clock, VERSION);
    }

    @Produces
    @Singleton
    Declarer declarer(
            DeclaredChannel channel, ResourceSource resources, LogClients log, TidemarkConfig config, Clock clock) {
        return new Declarer(channel, resources, log, config.cluster(), clock);
    }

    void start(
            @Observes StartupEvent event,
            EvaluatorStreams streams,
            EvaluatorConfig config,
            LogClients log,
            Declarer declarer,
            @Identifier("policy-evaluator-policy-declared") DeclaredOwnership ownership,
            PolicyStatusWriter status) {
        // those that Streams made for itself before it was told how large records are
        new TopicProvisioner(log, "policy-evaluator-topics")
                .checkRoom(log.settings().names().group(config.applicationId()) + '-');
        streams.start();
        declarer.start(ownership);
        status.start();
    }

    void stop(@Observes ShutdownEvent event, EvaluatorStreams streams, Declarer declarer) {
        declarer.close();
        streams.close();
    }
}

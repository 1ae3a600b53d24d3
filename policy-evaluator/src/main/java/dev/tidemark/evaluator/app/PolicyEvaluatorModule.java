package dev.tidemark.evaluator.app;

import dev.tidemark.evaluator.kafka.OwnedTopics;
import dev.tidemark.evaluator.kafka.RangeExport;
import dev.tidemark.evaluator.reconcile.EvaluatorWork;
import dev.tidemark.evaluator.streams.EvaluatorStreams;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogUser;
import dev.tidemark.runtime.log.TopicProvisioner;
import dev.tidemark.runtime.memory.HeapNeeds;
import dev.tidemark.runtime.progress.ServiceEnd;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.runtime.time.Scheduler;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Puts policy-evaluator together and gives it its life. */
@Singleton
public class PolicyEvaluatorModule {

    private final String version;
    private @Nullable Registration feeding;

    /** @param build the version that decisions and exports name as the one that made them */
    PolicyEvaluatorModule(@ConfigProperty(name = "quarkus.application.version") String build) {
        this.version = "policy-evaluator/" + build;
    }

    /** Static: it is asked before there are topics, which this class may need. */
    @Produces
    @Singleton
    static LogUser logUser() {
        return LogUser.POLICY_EVALUATOR;
    }

    @Produces
    @Singleton
    EvaluatorStreams streams(EvaluatorConfig config, LogClients log, Scheduler scheduler, LogListener listener) {
        return new EvaluatorStreams(config, log, scheduler, version, listener);
    }

    @Produces
    @Singleton
    HeapNeeds heapNeeds(EvaluatorStreams streams) {
        return streams::heapNeed;
    }

    @Produces
    @Singleton
    EvaluatorWork work(EvaluatorParts made, LogClients log, DeadLetters deadLetters) {
        EvaluatorWork.Parts parts = made.parts();
        return new EvaluatorWork(parts, new OwnedTopics(log, deadLetters, parts));
    }

    @Produces
    @Singleton
    RangeExport exports(TidemarkConfig shared, LogClients log, Clock clock) {
        return new RangeExport(log, shared.cluster(), version, RangeExport.LEAD, clock);
    }

    void start(
            @Observes StartupEvent event,
            EvaluatorStreams streams,
            EvaluatorConfig config,
            LogClients log,
            ResourceSource source,
            EvaluatorParts parts,
            EvaluatorWork work) {
        new TopicProvisioner(log, "policy-evaluator-topics")
                .provisionChangelogs(config.applicationId(), EvaluatorStreams.STORES);
        streams.start();
        feeding = source.feed(parts.resources());
        work.start();
    }

    @Produces
    @Singleton
    ServiceEnd end(EvaluatorWork work) {
        return new ServiceEnd("policy-evaluator", () -> {
            if (feeding != null) {
                feeding.close();
            }
            work.close();
        });
    }

    /** Neither waits for the other: what is declared or decided meanwhile is read at the next start. */
    @Produces
    @Singleton
    ServiceEnd endOfEvaluation(EvaluatorStreams streams) {
        return new ServiceEnd("policy-evaluator's evaluation", streams::close);
    }
}

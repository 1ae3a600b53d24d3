package dev.tidemark.evaluator.app;

import dev.tidemark.evaluation.declare.PolicySources;
import dev.tidemark.evaluator.kafka.LoggedTargets;
import dev.tidemark.evaluator.reconcile.EvaluatorWork;
import dev.tidemark.events.Envelope;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.publish.BoundedPublisher;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.quarkus.ChannelSender;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** What the work beside the topology is done with. */
@Singleton
final class EvaluatorParts {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /** A disk that is full for an hour is noticed soon enough when it is not any more. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** Failures of one cause do not all come back together. */
    private static final double JITTER = 0.1;

    private final ResourceCache resources;
    private final EvaluatorWork.Parts parts;

    EvaluatorParts(
            TidemarkConfig shared,
            LogClients log,
            StatusStore statuses,
            EventRecorder events,
            StatusListener told,
            LogListener listener,
            @Channel("policy-evaluator-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 512)
                    MutinyEmitter<Envelope<?>> out,
            Scheduler scheduler) {
        Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, JITTER, new SecureRandom());
        this.resources = new ResourceCache(PolicySources.KINDS, PolicySources.INDEXES, task -> {
            var unused = scheduler.start("policy-evaluator-resources", task);
        });
        this.parts = new EvaluatorWork.Parts(
                shared.cluster(),
                shared.partitions(),
                CrossNamespaceRefs.of(shared.crossNamespaceRefs()),
                resources,
                new StatusPublisher(statuses, events, told, backoff, scheduler),
                new BoundedPublisher(() -> new ChannelSender(out, log.settings()::name, listener)),
                new LoggedTargets(log),
                backoff,
                scheduler);
    }

    /** For the source to fill. */
    ResourceCache resources() {
        return resources;
    }

    EvaluatorWork.Parts parts() {
        return parts;
    }
}

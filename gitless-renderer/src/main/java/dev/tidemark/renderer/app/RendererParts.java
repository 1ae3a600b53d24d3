package dev.tidemark.renderer.app;

import dev.tidemark.events.Envelope;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.renderer.cel.CelExpressions;
import dev.tidemark.renderer.domain.apply.Dependencies;
import dev.tidemark.renderer.domain.input.ProviderLog;
import dev.tidemark.renderer.domain.render.RenderLimits;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.renderer.reconcile.IntervalPace;
import dev.tidemark.renderer.reconcile.OneLargeAtATime;
import dev.tidemark.renderer.reconcile.RendererWork;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.publish.BoundedPublisher;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.quarkus.ChannelSender;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** What the work is done with. */
@Singleton
final class RendererParts {

    /** Failures of one cause do not all come back together. */
    private static final double BACKOFF_JITTER = 0.1;

    private final TidemarkConfig shared;
    private final RendererConfig own;
    private final ObjectPlace place;
    private final StatusStore statuses;
    private final EventRecorder events;
    private final StatusListener told;
    private final BoundedPublisher publisher;
    private final Scheduler scheduler;

    RendererParts(
            TidemarkConfig shared,
            RendererConfig own,
            LogClients log,
            ObjectPlace place,
            StatusStore statuses,
            EventRecorder events,
            StatusListener told,
            LogListener listener,
            @Channel("gitless-renderer-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 512)
                    MutinyEmitter<Envelope<?>> out,
            Scheduler scheduler) {
        this.shared = shared;
        this.own = own;
        this.place = place;
        this.statuses = statuses;
        this.events = events;
        this.told = told;
        this.publisher = new BoundedPublisher(() -> new ChannelSender(out, log.settings()::name, listener));
        this.scheduler = scheduler;
    }

    RendererWork.Parts with(Resources resources, ProviderLog log) {
        var random = new SecureRandom();
        var yaml = new GoYamlDocuments();
        return new RendererWork.Parts(
                shared.cluster(),
                shared.partitions(),
                resources,
                log,
                new ResourceSetRendering(
                        yaml,
                        own.seedLabels(),
                        RenderLimits.ofHeap(Runtime.getRuntime().maxMemory()),
                        new OneLargeAtATime()),
                place.store(),
                yaml,
                new Dependencies(new CelExpressions(), CrossNamespaceRefs.of(shared.crossNamespaceRefs())),
                place.owners(),
                statuses,
                events,
                told,
                publisher,
                new IntervalPace(own.intervalJitterPercentage(), random),
                new Backoff(own.retryMin(), own.retryMax(), BACKOFF_JITTER, random),
                scheduler);
    }
}

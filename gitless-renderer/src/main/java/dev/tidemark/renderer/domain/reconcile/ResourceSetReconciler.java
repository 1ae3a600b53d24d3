package dev.tidemark.renderer.domain.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.go.time.GoDuration;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.apply.Inventory;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a ResourceSet: inputs, objects, status, and word to the log. It compares what is wanted with what is
 * there, so a pass too many changes nothing.
 *
 * <p>Empty inputs delete all objects, as upstream has it (flux-gitless 2.2), if every provider's selection is known. A
 * provider without a selection holds the ResourceSet as it is: nobody has looked yet, or the log was not read so far.
 */
public final class ResourceSetReconciler {

    private final String cluster;
    private final ResourceSetInputs inputs;
    private final ResourceSetRendering rendering;
    private final ObjectStore objects;
    private final Applier applier;
    private final StatusStore statuses;
    private final Announcer announcer;
    private final Clock clock;

    public ResourceSetReconciler(
            String cluster,
            ProviderLog log,
            ResourceSetRendering rendering,
            ObjectStore objects,
            StatusStore statuses,
            Announcer announcer,
            Clock clock) {
        this.cluster = cluster;
        this.inputs = new ResourceSetInputs(log);
        this.rendering = rendering;
        this.objects = objects;
        this.applier = new Applier(objects);
        this.statuses = statuses;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * @param causes remembers which selections were seen, for the word to the log
     * @param nextTry when a failed pass would be tried again
     */
    public Pass reconcile(
            Resource<ResourceSetSpec> resourceSet, ResourceSnapshot declared, SeenSelections causes, Instant nextTry) {
        if (Annotations.suspended(resourceSet)) {
            return Pass.PARKED;
        }
        SetStatus status = new SetStatus(resourceSet, statuses, clock);
        return switch (inputs.gather(resourceSet, declared)) {
            case ResourceSetInputs.Outcome.Refused refused -> refuse(resourceSet, status, refused.message(), null);
            case ResourceSetInputs.Outcome.Unknown unknown -> {
                status.waiting(unknown.message());
                yield Pass.PARKED;
            }
            case ResourceSetInputs.Outcome.Gathered gathered -> {
                Envelope<Event.TagSelected> cause = causes.news(gathered.causes());
                Pass pass = build(resourceSet, status, gathered, cause, nextTry);
                if (pass != Pass.RETRY) {
                    causes.remember(gathered.causes());
                }
                yield pass;
            }
        };
    }

    private Pass build(
            Resource<ResourceSetSpec> resourceSet,
            SetStatus status,
            ResourceSetInputs.Outcome.Gathered gathered,
            @Nullable Envelope<Event.TagSelected> cause,
            Instant nextTry) {
        Instant start = clock.instant();
        return switch (rendering.render(resourceSet, gathered.sources())) {
            case ResourceSetRendering.Outcome.Refused refused -> refuse(resourceSet, status, refused.message(), cause);
            case ResourceSetRendering.Outcome.Rendered rendered -> {
                Owner owner = new Owner(resourceSet.namespace(), resourceSet.name());
                yield switch (applier.apply(owner, rendered.steps(), status.inventory())) {
                    case Applier.Outcome.Failed failed -> fail(resourceSet, status, failed, cause, nextTry);
                    case Applier.Outcome.Applied applied -> {
                        String revision = rendered.revision();
                        if (!applied.changes().isEmpty() || isUntold(status, revision)) {
                            announcer.announce(
                                    new Event.Rendered(cluster, owner.toString(), revision, applied.changes()),
                                    cause,
                                    occasion(resourceSet, cause));
                        }
                        status.succeeded(applied.inventory(), revision, finished(resourceSet, start));
                        yield Pass.DONE;
                    }
                };
            }
        };
    }

    /** A process that died between applying and telling left the old revision in the status. */
    private static boolean isUntold(SetStatus status, String revision) {
        return !revision.equals(status.lastAppliedRevision());
    }

    private Pass refuse(
            Resource<ResourceSetSpec> resourceSet,
            SetStatus status,
            String message,
            @Nullable Envelope<Event.TagSelected> cause) {
        if (!status.alreadySays("BuildFailed", message)) {
            announcer.announce(
                    new Event.UpdateRefused(what(resourceSet), "BuildFailed", message),
                    cause,
                    occasion(resourceSet, cause));
        }
        status.refused(message);
        return Pass.PARKED;
    }

    private Pass fail(
            Resource<ResourceSetSpec> resourceSet,
            SetStatus status,
            Applier.Outcome.Failed failed,
            @Nullable Envelope<Event.TagSelected> cause,
            Instant nextTry) {
        fail(resourceSet, status, failed.inventory(), failed.message(), cause, nextTry);
        return Pass.RETRY;
    }

    private void fail(
            Resource<ResourceSetSpec> resourceSet,
            SetStatus status,
            Inventory inventory,
            String message,
            @Nullable Envelope<Event.TagSelected> cause,
            Instant nextTry) {
        if (!status.alreadySays("ReconciliationFailed", message)) {
            announcer.announce(
                    new Event.UpdateFailed(what(resourceSet), "ReconciliationFailed", message, nextTry),
                    cause,
                    occasion(resourceSet, cause));
        }
        status.failed(inventory, message, nextTry);
    }

    /** Says that a pass came to no end of its own. */
    public void failed(Resource<ResourceSetSpec> resourceSet, String message, Instant nextTry) {
        SetStatus status = new SetStatus(resourceSet, statuses, clock);
        fail(resourceSet, status, status.inventory(), message, null, nextTry);
    }

    /**
     * Ends a ResourceSet that is gone from where it was declared: deletes what it applied and still owns.
     *
     * @param suspended whether it was paused when it went: then its objects stay (flux-gitless 2.11)
     */
    public Pass end(ResourceId id, boolean suspended) {
        Optional<ResourceSetStatus> status = statuses.read(id, ResourceSetStatus.class);
        if (status.isPresent() && !suspended) {
            Owner owner = new Owner(id.namespace(), id.name());
            Applier.Outcome outcome = applier.apply(owner, List.of(), SetStatus.inventory(status.get()));
            if (outcome instanceof Applier.Outcome.Failed) {
                return Pass.RETRY;
            }
        }
        statuses.remove(id);
        return Pass.ENDED;
    }

    private String finished(Resource<ResourceSetSpec> resourceSet, Instant start) {
        String took = GoDuration.text(
                Duration.ofMillis(Duration.between(start, clock.instant()).toMillis()));
        String leftOut = objects.leftOut(resourceSet.spec());
        return "Reconciliation finished in " + took + (leftOut.isEmpty() ? "" : "; " + leftOut);
    }

    /** With the kind: an ImageUpdateAutomation of the same name is somebody else. */
    private String what(Resource<ResourceSetSpec> resourceSet) {
        return cluster + '/' + resourceSet.id();
    }

    private static String occasion(Resource<ResourceSetSpec> resourceSet, @Nullable Envelope<Event.TagSelected> cause) {
        return cause == null ? resourceSet.metadata().resourceVersion() : cause.id();
    }
}

package dev.tidemark.renderer.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.go.time.GoDuration;
import dev.tidemark.renderer.domain.Annotations;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.apply.Inventory;
import dev.tidemark.renderer.domain.input.ResourceSetInputs;
import dev.tidemark.renderer.domain.render.RenderedStep;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.runtime.partition.BatchFence;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run over one ResourceSet that is declared and not suspended. Whatever it writes, it has leave for. */
final class SetRun {

    private final SetWork work;
    private final Resource<ResourceSetSpec> resourceSet;
    private final SetStatus status;
    private final BatchFence fence;
    private final Run run;
    private final Owner owner;
    private @Nullable Envelope<Event.TagSelected> cause;

    SetRun(SetWork work, Resource<ResourceSetSpec> resourceSet, BatchFence fence, Run run) {
        this.work = work;
        this.resourceSet = resourceSet;
        this.status = new SetStatus(resourceSet, work.statuses(), work.clock());
        this.fence = fence;
        this.run = run;
        this.owner = new Owner(resourceSet.namespace(), resourceSet.name());
    }

    ReconcileResult build(ResourceSetInputs.Outcome.Gathered gathered, SetState state) throws InterruptedException {
        cause = state.news(gathered.causes());
        Instant start = work.clock().instant();
        ReconcileResult result =
                switch (work.rendering().render(resourceSet, gathered.sources())) {
                    case ResourceSetRendering.Outcome.Refused refused -> refuse(refused.message());
                    case ResourceSetRendering.Outcome.Rendered rendered -> apply(rendered, start);
                };
        switch (result) {
            case ReconcileResult.Retry failed -> {}
            case ReconcileResult.RequeueAfter withdrawn -> {}
            case ReconcileResult.Done done -> state.rendered(gathered.causes());
            case ReconcileResult.AwaitChange refused -> state.rendered(gathered.causes());
            case ReconcileResult.Gone gone -> {}
        }
        return result;
    }

    private ReconcileResult apply(ResourceSetRendering.Outcome.Rendered rendered, Instant start)
            throws InterruptedException {
        Inventory before = status.inventory();
        Inventory wanted = Inventory.of(objects(rendered.steps()));
        if (!before.covers(wanted)) {
            // Whoever goes on should this run be cut off finds what it may have made, and can delete it.
            if (!fence.allows()) {
                return withdrawn();
            }
            status.begun(before.union(wanted));
        }
        return switch (work.applier().apply(owner, rendered.steps(), before, fence::allows)) {
            case Applier.Outcome.Withdrawn withdrawn -> withdrawn();
            case Applier.Outcome.Failed failed -> fail(failed.inventory(), failed.message());
            case Applier.Outcome.Applied applied -> succeed(applied, rendered.revision(), start);
        };
    }

    private static List<KubeObject> objects(List<RenderedStep> steps) {
        return steps.stream().flatMap(step -> step.objects().stream()).toList();
    }

    private ReconcileResult succeed(Applier.Outcome.Applied applied, String revision, Instant start)
            throws InterruptedException {
        // A process that died between applying and publishing left the old revision in the status.
        boolean unpublished = !revision.equals(status.lastAppliedRevision());
        if (!applied.changes().isEmpty() || unpublished) {
            if (!fence.allows()) {
                return withdrawn();
            }
            publish(new Event.Rendered(work.cluster(), owner.toString(), revision, applied.changes()));
        }
        if (!fence.allows()) {
            return withdrawn();
        }
        status.succeeded(applied.inventory(), revision, finished(start));
        return work.pace().after(Annotations.interval(resourceSet));
    }

    /** Nothing can be done before a provider's selection is known. */
    ReconcileResult await(String message) throws InterruptedException {
        if (!fence.allows()) {
            return withdrawn();
        }
        status.waiting(message);
        return new ReconcileResult.AwaitChange();
    }

    /** Only a change of the set, or of what it refers to, helps. */
    ReconcileResult refuse(String message) throws InterruptedException {
        if (!fence.allows()) {
            return withdrawn();
        }
        if (!status.alreadySays("BuildFailed", message)) {
            publish(new Event.UpdateRefused(what(), "BuildFailed", message));
            if (!fence.allows()) {
                return withdrawn();
            }
        }
        status.refused(message);
        return new ReconcileResult.AwaitChange();
    }

    /** The run came to no end of its own; what is applied stays in the inventory. */
    ReconcileResult fail(String message) throws InterruptedException {
        return fail(status.inventory(), message);
    }

    private ReconcileResult fail(Inventory inventory, String message) throws InterruptedException {
        if (!fence.allows()) {
            return withdrawn();
        }
        try {
            if (!status.alreadySays("ReconciliationFailed", message)) {
                publish(new Event.UpdateFailed(what(), "ReconciliationFailed", message, run.nextTry()));
            }
        } finally {
            // also where the log itself is what fails
            if (fence.allows()) {
                status.failed(inventory, message, run.nextTry());
            }
        }
        return new ReconcileResult.Retry();
    }

    private ReconcileResult withdrawn() {
        return Served.withdrawn(fence);
    }

    private void publish(Event event) {
        work.events().publish(event, resourceSet, cause);
    }

    private String finished(Instant start) {
        String took = GoDuration.text(Duration.ofMillis(
                Duration.between(start, work.clock().instant()).toMillis()));
        String leftOut = work.objects().leftOut(resourceSet.spec());
        return "Reconciliation finished in " + took + (leftOut.isEmpty() ? "" : "; " + leftOut);
    }

    /** With the kind: an ImageUpdateAutomation of the same name is somebody else. */
    private String what() {
        return work.cluster() + '/' + resourceSet.id();
    }
}

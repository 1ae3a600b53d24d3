package dev.tidemark.renderer.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.go.time.GoDuration;
import dev.tidemark.renderer.domain.Annotations;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.apply.BroughtData;
import dev.tidemark.renderer.domain.apply.Dependencies;
import dev.tidemark.renderer.domain.apply.Inventory;
import dev.tidemark.renderer.domain.apply.ObjectAccess;
import dev.tidemark.renderer.domain.apply.ObjectStoreException;
import dev.tidemark.renderer.domain.apply.SetTerms;
import dev.tidemark.renderer.domain.apply.WaitRules;
import dev.tidemark.renderer.domain.input.ResourceSetInputs;
import dev.tidemark.renderer.domain.render.RenderedStep;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.renderer.domain.status.SetOutcome;
import dev.tidemark.runtime.partition.BatchFence;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.runtime.status.StatusOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run over one ResourceSet that is declared and not suspended. Whatever it writes, it has leave for. */
final class SetRun {

    /** The reason of the event that names what changed (flux-gitless 2.12). */
    private static final String APPLIED = "ApplySucceeded";

    /** As upstream has it (flux-gitless 2.7). */
    static final Duration DEPENDENCY_PAUSE = Duration.ofSeconds(5);

    private final SetWork work;
    private final Resource<ResourceSetSpec> resourceSet;
    private final SetState state;
    private final SetStatus status;
    private final BatchFence fence;
    private final Run run;
    private final Owner owner;
    private @Nullable Envelope<Event.TagSelected> cause;

    SetRun(
            SetWork work,
            Resource<ResourceSetSpec> resourceSet,
            SetState state,
            StatusOwner statusOwner,
            BatchFence fence,
            Run run) {
        this.work = work;
        this.state = state;
        this.resourceSet = resourceSet;
        this.status = new SetStatus(resourceSet, work.statuses(), statusOwner, work.scheduler());
        this.fence = fence;
        this.run = run;
        this.owner = new Owner(resourceSet.namespace(), resourceSet.name());
    }

    /** What stands in the way of building; empty where nothing does. */
    Optional<ReconcileResult> dependencies() throws InterruptedException {
        Optional<ObjectAccess> view = work.objects().ownView();
        if (view.isEmpty() || resourceSet.spec().dependsOn() == null) {
            return Optional.empty();
        }
        Dependencies.Outcome outcome;
        try {
            outcome = work.dependencies()
                    .check(resourceSet, view.get(), work.clock().instant());
        } catch (ObjectStoreException unread) {
            return Optional.of(fail(String.valueOf(unread.getMessage())));
        }
        return switch (outcome) {
            case Dependencies.Outcome.Met met -> Optional.empty();
            case Dependencies.Outcome.NotReady(String message) ->
                Optional.of(say(
                        new SetOutcome.DependencyNotReady(message),
                        new ReconcileResult.RequeueAfter(DEPENDENCY_PAUSE)));
            case Dependencies.Outcome.Denied(String message) ->
                Optional.of(say(new SetOutcome.AccessDenied(message), new ReconcileResult.AwaitChange()));
            case Dependencies.Outcome.Invalid(String message) ->
                Optional.of(say(new SetOutcome.InvalidExpression(message), new ReconcileResult.AwaitChange()));
        };
    }

    private ReconcileResult say(SetOutcome outcome, ReconcileResult then) throws InterruptedException {
        if (!fence.allows()) {
            return withdrawn();
        }
        say(outcome, status.inventory());
        return then;
    }

    /**
     * In the shadow of another controller: what would be said is compared with what the other says, and nothing is done. The
     * other has its own time, so that this is looked at again.
     */
    ReconcileResult compare(ResourceSetInputs.Outcome.Gathered gathered) {
        switch (work.rendering().render(resourceSet, gathered.sources())) {
            case ResourceSetRendering.Outcome.Refused(String message) ->
                say(new SetOutcome.Refused(message), status.inventory());
            case ResourceSetRendering.Outcome.Rendered rendered ->
                say(new SetOutcome.Succeeded(rendered.revision(), ""), Inventory.of(rendered.objects()));
        }
        return work.pace().after(Annotations.interval(resourceSet));
    }

    ReconcileResult build(ResourceSetInputs.Outcome.Gathered gathered) throws InterruptedException {
        cause = state.news(gathered.causes());
        Instant start = work.clock().instant();
        ReconcileResult result =
                switch (work.rendering().render(resourceSet, gathered.sources())) {
                    case ResourceSetRendering.Outcome.Refused refused -> refuse(refused.message());
                    case ResourceSetRendering.Outcome.Rendered rendered -> bring(rendered, start);
                };
        switch (result) {
            case ReconcileResult.Retry failed -> {}
            case ReconcileResult.RequeueAfter unfinished -> {}
            case ReconcileResult.Done done -> state.rendered(gathered.causes());
            case ReconcileResult.AwaitChange refused -> state.rendered(gathered.causes());
            case ReconcileResult.Gone gone -> {}
        }
        return result;
    }

    /** Where objects have a life, they may ask for the data of others. */
    private ReconcileResult bring(ResourceSetRendering.Outcome.Rendered rendered, Instant start)
            throws InterruptedException {
        ObjectAccess objects = work.objects().on(SetTerms.of(resourceSet));
        if (!objects.isLive()) {
            return apply(rendered, start);
        }
        List<RenderedStep> brought;
        try {
            brought = BroughtData.into(rendered.steps(), work.yaml(), objects);
        } catch (ObjectStoreException missing) {
            return fail(String.valueOf(missing.getMessage()));
        }
        return apply(rendered.with(brought), start);
    }

    private ReconcileResult apply(ResourceSetRendering.Outcome.Rendered rendered, Instant start)
            throws InterruptedException {
        Inventory before = status.inventory();
        Inventory wanted = Inventory.of(objects(rendered.steps()));
        if (status.isStored(wanted)) {
            return apply(rendered, before, start);
        }
        if (!fence.allows()) {
            return withdrawn();
        }
        return switch (status.store(wanted)) {
            case STORED -> apply(rendered, before, start);
            case LATE ->
                fail("the inventory of its objects is not stored, so none is applied: status cannot be written, see the"
                        + " log");
            case DROPPED -> withdrawn();
        };
    }

    private ReconcileResult apply(ResourceSetRendering.Outcome.Rendered rendered, Inventory before, Instant start)
            throws InterruptedException {
        work.statuses().keep(resourceSet);
        SetTerms terms = SetTerms.of(resourceSet);
        state.terms(terms);
        var wanted = new Applier.Wanted(terms, rendered.steps(), WaitRules.of(resourceSet), before);
        return switch (work.applier().apply(wanted, state.remembered(), trusts(), fence::allows)) {
            case Applier.Outcome.Withdrawn withdrawn -> withdrawn();
            case Applier.Outcome.Failed failed -> {
                state.waitsNoMore();
                yield fail(failed.inventory(), failed.message());
            }
            case Applier.Outcome.PruneDenied denied -> {
                state.waitsNoMore();
                yield fail(denied.inventory(), denied.message());
            }
            case Applier.Outcome.Waiting waiting -> await(waiting, rendered.revision());
            case Applier.Outcome.Applied applied -> {
                state.waitsNoMore();
                yield succeed(applied, rendered.revision(), start);
            }
        };
    }

    /** News of inputs change what is rendered and not what is there; nor does it matter while a wait goes on. */
    private boolean trusts() {
        return run.asked().equals(Set.of(Priority.URGENT)) || (run.asked().isEmpty() && state.isWaiting());
    }

    /** The place is free for others meanwhile. */
    private ReconcileResult await(Applier.Outcome.Waiting waiting, String revision) throws InterruptedException {
        if (!waiting.changes().isEmpty() && !published(revision, waiting.changes())) {
            return withdrawn();
        }
        Duration waited =
                state.waited(revision + ' ' + waiting.what(), work.clock().instant());
        if (waited.compareTo(waiting.timeout()) >= 0) {
            state.waitsNoMore();
            return fail(
                    waiting.inventory(),
                    "still " + waiting.message() + ", after " + GoDuration.text(waiting.timeout())
                            + " (fluxcd.controlplane.io/reconcileTimeout, or the timeout of the step)");
        }
        if (!fence.allows()) {
            return withdrawn();
        }
        String where = waiting.what().isEmpty() ? "" : waiting.what() + ": ";
        say(new SetOutcome.Progressing(where + waiting.message()), waiting.inventory());
        return new ReconcileResult.RequeueAfter(HealthPace.after(waited));
    }

    private static List<KubeObject> objects(List<RenderedStep> steps) {
        return steps.stream().flatMap(step -> step.objects().stream()).toList();
    }

    private ReconcileResult succeed(Applier.Outcome.Applied applied, String revision, Instant start)
            throws InterruptedException {
        // A process that died between applying and publishing left the old revision in the status.
        boolean unpublished = !revision.equals(status.lastAppliedRevision()) && !state.hasPublished(revision);
        if ((!applied.changes().isEmpty() || unpublished) && !published(revision, applied.changes())) {
            return withdrawn();
        }
        if (!fence.allows()) {
            return withdrawn();
        }
        say(new SetOutcome.Succeeded(revision, finished(start)), applied.inventory());
        return work.pace().after(Annotations.interval(resourceSet));
    }

    /** Whether there was leave to. */
    private boolean published(String revision, List<String> changes) throws InterruptedException {
        if (!fence.allows()) {
            return false;
        }
        publish(new Event.Rendered(work.cluster(), owner.toString(), revision, changes));
        if (!changes.isEmpty()) {
            work.recorder().record(resourceSet, EventRecorder.Type.NORMAL, APPLIED, String.join("\n", changes));
        }
        state.published(revision);
        return true;
    }

    /** Nothing can be done before a provider's selection is known. */
    ReconcileResult await(String message) throws InterruptedException {
        if (!fence.allows()) {
            return withdrawn();
        }
        say(new SetOutcome.Waiting(message), status.inventory());
        return new ReconcileResult.AwaitChange();
    }

    /** Only a change of the set, or of what it refers to, helps. */
    ReconcileResult refuse(String message) throws InterruptedException {
        if (!fence.allows()) {
            return withdrawn();
        }
        if (!status.alreadySays(SetOutcome.Refused.REASON, message)) {
            publish(new Event.UpdateRefused(what(), SetOutcome.Refused.REASON, message));
            if (!fence.allows()) {
                return withdrawn();
            }
        }
        say(new SetOutcome.Refused(message), status.inventory());
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
            if (!status.alreadySays(SetOutcome.Failed.REASON, message)) {
                publish(new Event.UpdateFailed(what(), SetOutcome.Failed.REASON, message, run.nextTry()));
            }
        } finally {
            // also where the log itself is what fails
            if (fence.allows()) {
                say(new SetOutcome.Failed(message, run.nextTry()), inventory);
            }
        }
        return new ReconcileResult.Retry();
    }

    private ReconcileResult withdrawn() {
        return Served.withdrawn(fence);
    }

    /** Nobody waits for it. */
    private void say(SetOutcome outcome, Inventory objects) {
        var unused = status.say(outcome, objects);
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

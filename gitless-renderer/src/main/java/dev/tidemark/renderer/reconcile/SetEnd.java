package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.Applier;
import dev.tidemark.renderer.domain.apply.SetTerms;
import dev.tidemark.renderer.domain.status.SetOutcome;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.partition.BatchFence;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.runtime.status.StatusOwner;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One run over a ResourceSet that is gone. It deletes what the set applied and still owns; nothing where the set was
 * suspended when it went (flux-gitless 2.11). What cannot be deleted is left behind in the end: an account that is gone, or
 * a kind that nobody serves, must not keep a set, and with it its namespace, for ever.
 */
final class SetEnd {

    private static final System.Logger LOG = System.getLogger(SetEnd.class.getName());

    /** An outage, or a webhook that refuses for a while, is over by then. */
    static final Duration LONGEST_END = Duration.ofMinutes(15);

    /**
     * Who deletes a namespace deletes the account and its rights with the set, and nobody brings them back. An API server
     * that has just started refuses what it allows some seconds later.
     */
    static final Duration LONGEST_DENIAL = Duration.ofSeconds(30);

    /** Enough to look for the rest, and a message that is read. */
    private static final int NAMED = 20;

    private static final String LEFT_BEHIND = "ObjectsLeftBehind";

    private final SetWork work;
    private final ResourceId id;
    private final SetState state;
    private final StatusOwner owner;
    private final BatchFence fence;
    private final Run run;
    private final Optional<Resource<ResourceSetSpec>> kept;

    SetEnd(SetWork work, ResourceId id, SetState state, StatusOwner owner, BatchFence fence, Run run) {
        this.work = work;
        this.id = id;
        this.state = state;
        this.owner = owner;
        this.fence = fence;
        this.run = run;
        this.kept = work.statuses().kept(id);
    }

    ReconcileResult end() throws InterruptedException {
        return kept.map(ResourceSetReconciler::isLeftAlone).orElseGet(state::suspended) ? letGo() : delete();
    }

    private ReconcileResult delete() throws InterruptedException {
        SetTerms terms = kept.map(SetTerms::of)
                .or(state::terms)
                .orElseGet(() -> SetTerms.unknown(new Owner(id.namespace(), id.name())));
        Applier.Wanted nothing = Applier.Wanted.nothing(terms, work.statuses().left(id));
        return switch (work.applier().apply(nothing, state.remembered(), false, fence::allows)) {
            case Applier.Outcome.Applied applied -> letGo();
            case Applier.Outcome.Waiting nothingToWaitFor -> letGo();
            case Applier.Outcome.Withdrawn withdrawn -> Served.withdrawn(fence);
            case Applier.Outcome.PruneDenied denied -> {
                Duration so = state.denied(work.clock().instant());
                yield so.compareTo(LONGEST_DENIAL) < 0
                        ? again(denied.message())
                        : leave(denied.left(), denied.message());
            }
            case Applier.Outcome.Failed failed -> {
                state.deniedNoMore();
                Duration so = state.ending(work.clock().instant());
                yield so.compareTo(LONGEST_END) < 0
                        ? again(failed.message())
                        : leave(failed.inventory().versions().keySet(), failed.message());
            }
        };
    }

    private ReconcileResult again(String message) throws InterruptedException {
        LOG.log(Level.WARNING, LogKeys.line("prune-failed", LogKeys.RESOURCE, id, LogKeys.REASON, message));
        if (!fence.allows()) {
            return Served.withdrawn(fence);
        }
        kept.ifPresent(set -> {
            SetStatus status = new SetStatus(set, work.statuses(), owner, work.scheduler());
            var unused = status.say(
                    new SetOutcome.Failed("it is being deleted: " + message, run.nextTry()), status.inventory());
        });
        return new ReconcileResult.Retry();
    }

    private ReconcileResult leave(Collection<ObjectId> left, String message) throws InterruptedException {
        String named = left.stream().limit(NAMED).map(ObjectId::toString).collect(Collectors.joining(", "));
        String more = left.size() > NAMED ? " and " + (left.size() - NAMED) + " more" : "";
        String all = "not deleted with it, so delete what is still there of " + named + more + ": " + message;
        // a namespace that goes takes no Event any more
        LOG.log(Level.ERROR, LogKeys.line("objects-left-behind", LogKeys.RESOURCE, id, LogKeys.REASON, all));
        if (!fence.allows()) {
            return Served.withdrawn(fence);
        }
        kept.ifPresent(set -> work.recorder().record(set, EventRecorder.Type.WARNING, LEFT_BEHIND, all));
        return letGo();
    }

    private ReconcileResult letGo() throws InterruptedException {
        if (!fence.allows()) {
            return Served.withdrawn(fence);
        }
        work.statuses().remove(id, owner);
        return new ReconcileResult.Gone();
    }
}

package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.renderer.domain.apply.Inventory;
import dev.tidemark.renderer.domain.status.SetOutcome;
import dev.tidemark.renderer.domain.status.SetStatusRule;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.runtime.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The status of one ResourceSet during one run: as it was at its beginning, and what the run says. */
final class SetStatus {

    /** A store that takes longer is away for now: the run is tried again, and does not hold one of the few places. */
    static final Duration STORE_LIMIT = Duration.ofSeconds(10);

    private static final ResourceSetStatus NONE = new ResourceSetStatus(List.of(), null, null, null);

    private final Resource<ResourceSetSpec> resourceSet;
    private final Statuses statuses;
    private final StatusOwner owner;
    private final Scheduler scheduler;
    private final ResourceSetStatus before;
    private final Inventory stored;

    /** What became of storing an inventory. */
    enum Storing {
        STORED,
        /** Not yet: the store is away, or full. */
        LATE,
        /** It is not ours to write any more, or its set is gone. */
        DROPPED
    }

    SetStatus(Resource<ResourceSetSpec> resourceSet, Statuses statuses, StatusOwner owner, Scheduler scheduler) {
        this.resourceSet = resourceSet;
        this.statuses = statuses;
        this.owner = owner;
        this.scheduler = scheduler;
        this.before = statuses.of(resourceSet).orElse(NONE);
        this.stored = statuses.stored(resourceSet.id());
    }

    /** What may have been applied before this run. */
    Inventory inventory() {
        return SetStatusRule.inventory(before).union(stored);
    }

    @Nullable
    String lastAppliedRevision() {
        return before.lastAppliedRevision();
    }

    /** Whether the last run ended with this failure: then there is no news. */
    boolean alreadySays(String reason, String message) {
        return SetStatusRule.says(before, resourceSet, reason, message);
    }

    /**
     * Whether a run that is cut off leaves none of these behind that nobody knows of: they are stored, and nothing that was
     * said takes them out.
     */
    boolean isStored(Inventory wanted) {
        return stored.covers(wanted) && SetStatusRule.inventory(before).covers(wanted);
    }

    /** Says that objects may be applied from now on, and waits until it is stored: whoever goes on can delete them. */
    Storing store(Inventory wanted) throws InterruptedException {
        CompletableFuture<Boolean> done =
                say(new SetOutcome.Begun(), inventory().union(wanted)).thenApply(nothing -> true);
        if (scheduler.await(done, STORE_LIMIT).isEmpty()) {
            return Storing.LATE;
        }
        // what is said is also done with when it came to nothing, so it is looked up
        return statuses.stored(resourceSet.id()).covers(wanted) ? Storing.STORED : Storing.DROPPED;
    }

    /** @param objects that are there, or may be */
    CompletableFuture<Void> say(SetOutcome outcome, Inventory objects) {
        return statuses.say(
                new SetStatusRule(
                        resourceSet, outcome, objects, scheduler.clock().instant()),
                owner);
    }
}

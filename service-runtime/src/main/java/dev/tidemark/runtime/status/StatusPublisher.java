package dev.tidemark.runtime.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.status.Awaited;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusNews;
import dev.tidemark.flux.status.StatusRule;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.flux.status.StatusStore.Stored;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.runtime.reconcile.RunTime;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes status in the place of those who have something to say, who never wait for it. What is said of one resource while
 * a write is under way becomes one write; a write is worked out from the live status, and when somebody else wrote
 * meanwhile, the group is asked whose the resource is and it is worked out anew. A store that fails is tried again, later
 * with each failure in a row. What nobody waits for ({@link Awaited}) is held back a little where the store wants that. Of an
 * object that somebody else works on, nothing is written: what would be is compared.
 */
public final class StatusPublisher implements AutoCloseable {

    /** More resources of a service's kinds than a cluster's store takes well. */
    private static final int MAX_RESOURCES = 200_000;

    /** Writing waits for a disk or an API server, which more at once would not make quicker. */
    private static final int PARALLEL = 16;

    /** Who is in conflict so often in a row has another writer beside it: the next try waits. */
    private static final int MAX_CONFLICTS = 3;

    /** What differs is compared again that often: others look every minute or so, and nothing is asked for it. */
    static final Duration COMPARED_AGAIN = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(StatusPublisher.class.getName());

    private final StatusStore store;
    private final EventRecorder events;
    private final StatusListener listener;
    private final PendingStatuses pending = new PendingStatuses();
    private final Shadows shadows = new Shadows();
    private final Scheduler scheduler;
    private final ReconcileLoop<ResourceId> loop;

    /** To whom nobody listens. */
    public StatusPublisher(StatusStore store, EventRecorder events, Backoff backoff, Scheduler scheduler) {
        this(store, events, StatusListener.NOBODY, backoff, scheduler);
    }

    /** @param backoff between failures of the store */
    public StatusPublisher(
            StatusStore store, EventRecorder events, StatusListener listener, Backoff backoff, Scheduler scheduler) {
        this.store = store;
        this.events = events;
        this.listener = listener;
        this.scheduler = scheduler;
        this.loop = new ReconcileLoop<>(
                new ReconcileLoop.Settings("status", MAX_RESOURCES, PARALLEL, backoff), new Writes(), scheduler);
    }

    /** The status of a resource with all that was said of it, also where it is not written yet. Reads the store. */
    public <T> Optional<T> read(Resource<?> resource, Class<T> type) {
        return pending.over(resource.id(), type, store.read(resource.id(), type).of(resource));
    }

    /** The same for a resource of which nothing but its name is left. */
    public <T> Optional<T> read(ResourceId id, Class<T> type) {
        return pending.over(id, type, store.read(id, type).status());
    }

    /** Resources of a kind that have a status and may be gone: to be compared with what is declared, after a start. */
    public Set<ResourceId> leftBehind(Kind<?> kind) {
        return store.leftBehind(kind);
    }

    /**
     * Says something of a resource. Returns at once.
     *
     * @param owner asked again before the write
     * @return completed when it is written, or nobody needs it any more: the resource or its ownership is lost
     */
    public <T> CompletableFuture<Void> publish(
            Resource<?> resource, Class<T> type, StatusOwner owner, StatusRule<T> rule) {
        Instant now = scheduler.now();
        RunTime.until(now).ifPresent(took -> listener.ran(resource.id(), took));
        CompletableFuture<Void> written = pending.add(resource, type, owner, rule, now);
        loop.submit(resource.id(), Priority.ROUTINE);
        return written;
    }

    /**
     * Removes the status of a resource that is gone; what was said of it before needs no writing any more. Returns at once.
     *
     * @return completed when it is removed, or is another replica's to remove
     */
    public CompletableFuture<Void> remove(ResourceId id, StatusOwner owner) {
        CompletableFuture<Void> removed = pending.removal(id, owner);
        loop.submit(id, Priority.ROUTINE);
        return removed;
    }

    /** What is said from now on is not written. */
    @Override
    public void close() {
        loop.close();
    }

    private final class Writes implements Reconciler<ResourceId> {

        @Override
        public ReconcileResult reconcile(ResourceId id, Run run) throws InterruptedException {
            Optional<PendingStatuses.Pending> said = pending.find(id);
            if (said.isEmpty()) {
                shadows.differing(id).ifPresent(this::compareAgain);
                return comparedAgain(id);
            }
            ReconcileResult result =
                    switch (said.get()) {
                        case PendingStatuses.Removal removal ->
                            remove(id, removal) ? new ReconcileResult.Gone() : new ReconcileResult.Retry();
                        case PendingStatuses.Said<?> status -> write(status);
                    };
            if (result instanceof ReconcileResult.Gone) {
                pending.done(id, said.get(), scheduler.now());
                return comparedAgain(id);
            }
            return result;
        }

        private ReconcileResult comparedAgain(ResourceId id) {
            return shadows.differing(id).isPresent()
                    ? new ReconcileResult.RequeueAfter(COMPARED_AGAIN)
                    : new ReconcileResult.Gone();
        }

        private void compareAgain(Shadows.Differing differing) {
            Resource<?> resource = differing.resource();
            if (differing.owner().isKnown()) {
                Optional<?> theirs = store.read(resource.id(), differing.type()).of(resource);
                shadows.compare(differing, json(theirs.orElse(null)));
            } else {
                shadows.forget(resource.id());
            }
        }

        /** By proof: a replica that was paused must not remove what another has made since. */
        private boolean remove(ResourceId id, PendingStatuses.Removal removal) throws InterruptedException {
            shadows.forget(id);
            listener.gone(id);
            if (!removal.owner().isKnown()) {
                return true;
            }
            if (!removal.owner().isProven()) {
                return isLost(removal.owner());
            }
            store.remove(id);
            return true;
        }

        /** @return gone when there is nothing left to write */
        private <T> ReconcileResult write(PendingStatuses.Said<T> said) throws InterruptedException {
            for (int attempt = 0; attempt < MAX_CONFLICTS; attempt++) {
                if (!said.owner().isKnown()) {
                    shadows.forget(said.resource().id());
                    return new ReconcileResult.Gone();
                }
                if (attempt > 0 && !said.owner().isProven()) {
                    return isLost(said.owner()) ? new ReconcileResult.Gone() : new ReconcileResult.Retry();
                }
                Stored<T> before = store.read(said.resource().id(), said.type());
                Optional<T> then = before.of(said.resource());
                T after = said.over(then);
                if (Shadow.of(said.resource())) {
                    listener.gone(said.resource().id());
                    shadows.compare(
                            new Shadows.Differing(said.resource(), said.type(), said.owner(), json(after)),
                            json(then.orElse(null)));
                    return new ReconcileResult.Gone();
                }
                shadows.forget(said.resource().id());
                Duration held = Duration.between(scheduler.now(), said.since().plus(store.pause()));
                if (held.isPositive() && !Awaited.between(json(then.orElse(null)), json(after))) {
                    return new ReconcileResult.RequeueAfter(held);
                }
                switch (store.write(said.resource(), after, before.version())) {
                    case WRITTEN -> {
                        listener.shows(said.resource(), said.owner(), json(after));
                        tell(said.resource(), then, after);
                        return new ReconcileResult.Gone();
                    }
                    case UNCHANGED -> {
                        listener.shows(said.resource(), said.owner(), json(after));
                        return new ReconcileResult.Gone();
                    }
                    case GONE -> {
                        listener.gone(said.resource().id());
                        return new ReconcileResult.Gone();
                    }
                    case CONFLICT -> {}
                }
            }
            return new ReconcileResult.Retry();
        }

        /** A proof that is missing while nobody says that the resource went may only be late: a broker is slow. */
        private static boolean isLost(StatusOwner owner) {
            return !owner.isKnown();
        }

        private void tell(Resource<?> resource, Optional<?> before, Object after) {
            StatusNews.between(resource.kind(), json(before.orElse(null)), json(after))
                    .ifPresent(news -> events.record(resource, news.type(), news.reason(), news.message()));
        }

        private static JsonNode json(@Nullable Object status) {
            return FluxJson.json().valueToTree(status);
        }

        @Override
        public void failed(ResourceId id, Throwable fault, Run run) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line("status-not-written", LogKeys.RESOURCE, id, LogKeys.NEXT_TRY, run.nextTry()),
                    fault);
        }
    }
}

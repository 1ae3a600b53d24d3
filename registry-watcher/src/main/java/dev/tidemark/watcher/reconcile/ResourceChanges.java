package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Feed;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.watcher.domain.AccessReferences;
import dev.tidemark.watcher.domain.FeedDeclaration;
import dev.tidemark.watcher.domain.ReceiverReferences;
import dev.tidemark.watcher.domain.WatchedFeed;
import dev.tidemark.watcher.domain.WebhookReceivers;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hands what has changed to the feeds, Receivers and statuses that it concerns, and to no others. */
public final class ResourceChanges {

    private static final System.Logger LOG = System.getLogger(ResourceChanges.class.getName());

    private final Resources resources;
    private final OwnedFeeds feeds;
    private final RepositoryStatuses repositories;
    private final WebhookReceivers receivers;
    private final ReconcileLoop<ResourceId> receiverRuns;
    private final Runnable leftBehind;

    /** @param leftBehind looks for the status of what went while nobody looked */
    public ResourceChanges(
            Resources resources,
            OwnedFeeds feeds,
            RepositoryStatuses repositories,
            WebhookReceivers receivers,
            ReconcileLoop<ResourceId> receiverRuns,
            Runnable leftBehind) {
        this.resources = resources;
        this.feeds = feeds;
        this.repositories = repositories;
        this.receivers = receivers;
        this.receiverRuns = receiverRuns;
        this.leftBehind = leftBehind;
    }

    /** Takes what is declared already; changes may be told of at the same time. */
    public void begin() {
        resources.all(Kinds.RECEIVER).forEach(receiver -> guarded(receiver.id(), () -> read(receiver.id())));
        receivers.open();
    }

    /** What is declared has changed. */
    public void changed(List<Change> changes) {
        changes.forEach(change -> guarded(change.id(), () -> changed(change)));
    }

    /** A Secret holds something else: what failed for its sake need not wait. */
    public void secretChanged(ResourceId secret) {
        guarded(secret, () -> {
            ReceiverReferences.receivers(resources, secret).forEach(receiver -> read(receiver.id()));
            accessChanged(secret);
        });
    }

    private void changed(Change change) {
        Kind<?> kind = change.kind();
        if (kind.equals(Kinds.IMAGE_REPOSITORY) || kind.equals(Kinds.RESOURCE_SET_INPUT_PROVIDER)) {
            feeds.adjust(change.id(), named(change));
        }
        if (kind.equals(Kinds.IMAGE_REPOSITORY)) {
            repositories.changed(change);
            if (change instanceof Change.Deleted deleted && deleted.before() == null) {
                leftBehind.run();
            }
        } else if (kind.equals(Kinds.RECEIVER)) {
            read(change.id());
        } else if (kind.equals(Kinds.SERVICE_ACCOUNT)) {
            accessChanged(change.id());
        }
        // what Receivers list is looked up when somebody calls
    }

    /** The feeds that the resource had scanned and has scanned now. */
    private static Set<Feed> named(Change change) {
        return Stream.concat(change.earlier().stream(), change.later().stream())
                .flatMap(resource -> FeedDeclaration.of(resource).watched().stream())
                .map(WatchedFeed::feed)
                .collect(Collectors.toSet());
    }

    private void read(ResourceId receiver) {
        receivers.expect(receiver);
        receiverRuns.submit(receiver, Priority.ROUTINE);
    }

    private void accessChanged(ResourceId read) {
        AccessReferences.feeds(resources, read).forEach(feeds::accessChanged);
    }

    /** What goes wrong with one resource costs that one. */
    private static void guarded(ResourceId id, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException fault) {
            LOG.log(
                    Level.ERROR,
                    LogKeys.line(
                            "change-not-taken",
                            LogKeys.RESOURCE,
                            id,
                            LogKeys.REASON,
                            String.valueOf(fault.getMessage())),
                    fault);
        }
    }
}

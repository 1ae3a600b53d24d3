package dev.tidemark.watcher.reconcile;

import dev.tidemark.flux.Registration;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileLoop;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.WebhookReceivers;
import java.util.ArrayList;
import java.util.List;

/**
 * What a replica does for resources beside scanning: it hands on their changes, reads Receivers, and says what has come of
 * those that no scan says anything of.
 */
public final class ResourceReconcilers implements AutoCloseable {

    /** Far more Receivers than a cluster has. */
    private static final int MAX_RECEIVERS = 20_000;

    /** Reading a Secret waits for a disk or an API server, which more at once would not make quicker. */
    private static final int PARALLEL = 16;

    /** More than a topic is given. */
    private static final int MAX_PARTITIONS = 10_000;

    private final Resources resources;
    private final OwnedFeeds feeds;
    private final SecretReader secrets;
    private final RepositoryStatuses repositories;
    private final ReconcileLoop<ResourceId> receivers;
    private final ReconcileLoop<Integer> partitions;
    private final ResourceChanges changes;
    private final List<Registration> registrations = new ArrayList<>();

    public ResourceReconcilers(
            Resources resources,
            StatusOwners owners,
            OwnedFeeds feeds,
            WebhookReceivers receivers,
            SecretReader secrets,
            StatusPublisher publisher,
            Backoff backoff,
            Scheduler scheduler) {
        this.resources = resources;
        this.feeds = feeds;
        this.secrets = secrets;
        this.repositories = new RepositoryStatuses(resources, owners, publisher, scheduler.clock());
        ReceiverReconciler reader =
                new ReceiverReconciler(resources, secrets, receivers, owners, publisher, scheduler.clock());
        this.receivers = new ReconcileLoop<>(
                new ReconcileLoop.Settings("receiver", MAX_RECEIVERS, PARALLEL, backoff), reader, scheduler);
        this.partitions = new ReconcileLoop<>(
                new ReconcileLoop.Settings("statuses", MAX_PARTITIONS, PARALLEL, backoff),
                new PartitionStatuses(resources, owners, publisher, repositories, reader),
                scheduler);
        this.changes =
                new ResourceChanges(resources, feeds, repositories, receivers, this.receivers, this::lookForLeftBehind);
    }

    /** Takes up what is declared, and what changes from then on. */
    public void start() {
        registrations.add(resources.onChange(changes::changed));
        registrations.add(secrets.onChange(changes::secretChanged));
        changes.begin();
    }

    public RepositoryStatuses repositories() {
        return repositories;
    }

    /** A partition has become ours, and with it the statuses of the resources that belong to it. */
    public void activated(int partition) {
        partitions.submit(partition, Priority.ROUTINE);
    }

    private void lookForLeftBehind() {
        feeds.partitions().forEach(this::activated);
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
        receivers.close();
        partitions.close();
    }
}

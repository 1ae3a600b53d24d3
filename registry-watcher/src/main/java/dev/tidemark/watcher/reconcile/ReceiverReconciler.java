package dev.tidemark.watcher.reconcile;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.watcher.domain.ReceiverReferences;
import dev.tidemark.watcher.domain.WebhookReceivers;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;

/** Works Receivers out, each by itself, when it or its Secret has changed: Secrets are read and conditions compiled here. */
public final class ReceiverReconciler implements Reconciler<ResourceId> {

    private static final System.Logger LOG = System.getLogger(ReceiverReconciler.class.getName());

    private final Resources resources;
    private final SecretReader secrets;
    private final WebhookReceivers receivers;
    private final StatusOwners owners;
    private final StatusPublisher publisher;
    private final Clock clock;

    public ReceiverReconciler(
            Resources resources,
            SecretReader secrets,
            WebhookReceivers receivers,
            StatusOwners owners,
            StatusPublisher publisher,
            Clock clock) {
        this.resources = resources;
        this.secrets = secrets;
        this.receivers = receivers;
        this.owners = owners;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public ReconcileResult reconcile(ResourceId id, Run run) {
        Optional<Resource<ReceiverSpec>> declared = resources.find(Kinds.RECEIVER, id.namespace(), id.name());
        if (declared.isEmpty()) {
            receivers.remove(id);
            owners.of(id).ifPresent(owner -> {
                var unused = publisher.remove(id, owner);
            });
            return new ReconcileResult.Gone();
        }
        Optional<SecretContent> secret = ReceiverReferences.secretOf(declared.get())
                .flatMap(named -> secrets.get(named.namespace(), named.name()));
        receivers.read(declared.get(), secret.orElse(null));
        publish(declared.get());
        return new ReconcileResult.AwaitChange();
    }

    /** Says what a Receiver has come to; by whoever owns it. */
    void publish(Resource<ReceiverSpec> receiver) {
        owners.of(receiver.id()).ifPresent(owner -> receivers
                .status(receiver.id(), clock.instant())
                .ifPresent(rule -> {
                    var unused = publisher.publish(receiver, ReceiverStatus.class, owner, rule);
                }));
    }

    @Override
    public void failed(ResourceId id, Throwable fault, Run run) {
        LOG.log(
                Level.ERROR,
                LogKeys.line(
                        "receiver-retrying",
                        LogKeys.RESOURCE,
                        id,
                        LogKeys.NEXT_TRY,
                        run.nextTry(),
                        LogKeys.REASON,
                        String.valueOf(fault.getMessage())),
                fault);
    }
}

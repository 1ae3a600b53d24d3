package dev.tidemark.watcher.hook;

import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.StatusStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Writes the status of Receivers: their path, or why they have none (flux-git-based 18.1). */
public final class ReceiverStatuses {

    private final StatusStore store;
    private final Clock clock;

    public ReceiverStatuses(StatusStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public void write(ResourceSnapshot snapshot) {
        for (Resource<ReceiverSpec> receiver : snapshot.all(Kinds.RECEIVER)) {
            if (!receiver.spec().suspend()) {
                store.write(receiver, status(receiver, snapshot));
            }
        }
    }

    private ReceiverStatus status(Resource<ReceiverSpec> receiver, ResourceSnapshot snapshot) {
        Optional<ReceiverStatus> before = store.read(receiver.id(), ReceiverStatus.class);
        long generation = receiver.metadata().generation();
        Conditions conditions =
                Conditions.after(before.map(ReceiverStatus::conditions).orElse(List.of()), generation, clock.instant());
        return switch (Receivers.state(receiver, snapshot)) {
            case Receivers.State.Ready ready ->
                new ReceiverStatus(
                        conditions.succeeded("Succeeded", "Receiver initialized for path: " + ready.path()),
                        ready.path(),
                        generation);
            case Receivers.State.NotReady not ->
                new ReceiverStatus(
                        not.stalled()
                                ? conditions.stalled(not.reason(), not.message())
                                : conditions.retrying(not.reason(), not.message()),
                        null,
                        not.stalled()
                                ? generation
                                : before.map(ReceiverStatus::observedGeneration).orElse(0L));
        };
    }
}

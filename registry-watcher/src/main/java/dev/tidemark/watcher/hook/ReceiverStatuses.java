package dev.tidemark.watcher.hook;

import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.watcher.domain.Watchlist;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the status of Receivers: their path, or why they have none (flux-git-based 18.1). */
public final class ReceiverStatuses {

    private final StatusStore store;
    private final Clock clock;

    public ReceiverStatuses(StatusStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public void write(Receivers receivers) {
        for (Receivers.State state : receivers.all()) {
            if (!state.receiver().spec().suspend()) {
                String requestedAt = state.receiver().annotation(Watchlist.REQUESTED_AT);
                store.write(state.receiver(), status(state).answering(requestedAt));
            }
        }
    }

    private ReceiverStatus status(Receivers.State state) {
        Optional<ReceiverStatus> before = store.read(state.receiver().id(), ReceiverStatus.class);
        long generation = state.receiver().metadata().generation();
        Conditions conditions =
                Conditions.after(before.map(ReceiverStatus::conditions).orElse(List.of()), generation, clock.instant());
        return switch (state) {
            case Receivers.State.Served served ->
                served.filters().problem().isEmpty()
                        ? new ReceiverStatus(
                                conditions.succeeded(
                                        "Succeeded",
                                        "Receiver initialized for path: " + served.path() + foreign(served)),
                                served.path(),
                                generation,
                                null)
                        : stalled(
                                conditions,
                                "InvalidCELExpression",
                                served.filters().problem(),
                                generation);
            case Receivers.State.NotReady not -> stalled(conditions, "ValidationFailed", not.message(), generation);
            case Receivers.State.Unprovable not ->
                not.stalled()
                        ? stalled(conditions, not.reason(), not.message(), generation)
                        : new ReceiverStatus(
                                conditions.retrying(not.reason(), not.message()),
                                null,
                                before.map(ReceiverStatus::observedGeneration).orElse(0L),
                                null);
        };
    }

    private static String foreign(Receivers.State.Served served) {
        Set<String> kinds = ListedKinds.ofOthers(served.receiver().spec());
        return kinds.isEmpty() ? "" : "; not woken here but by their own controllers: " + String.join(", ", kinds);
    }

    private static ReceiverStatus stalled(Conditions conditions, String reason, String message, long generation) {
        return new ReceiverStatus(conditions.stalled(reason, message), null, generation, null);
    }
}

package dev.tidemark.watcher.hook;

import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.status.StatusRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the status of a Receiver says: its path, or why it has none (flux-git-based 18.1). */
record ReceiverRule(ReceiverState state, Instant now) implements StatusRule<ReceiverStatus> {

    @Override
    public ReceiverStatus after(Optional<ReceiverStatus> before) {
        return status(before).answering(state.receiver().annotation(ReconcileAnnotations.REQUESTED_AT));
    }

    private ReceiverStatus status(Optional<ReceiverStatus> before) {
        long generation = state.receiver().metadata().generation();
        Conditions conditions =
                Conditions.after(before.map(ReceiverStatus::conditions).orElse(List.of()), generation, now);
        return switch (state) {
            case ReceiverState.Served served ->
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
            case ReceiverState.NotReady not -> stalled(conditions, "ValidationFailed", not.message(), generation);
            case ReceiverState.Unprovable not ->
                not.stalled()
                        ? stalled(conditions, not.reason(), not.message(), generation)
                        : new ReceiverStatus(
                                conditions.retrying(not.reason(), not.message()),
                                null,
                                before.map(ReceiverStatus::observedGeneration).orElse(0L),
                                null);
        };
    }

    private static String foreign(ReceiverState.Served served) {
        Set<String> kinds = ListedKinds.ofOthers(served.receiver().spec());
        return kinds.isEmpty() ? "" : "; not woken here but by their own controllers: " + String.join(", ", kinds);
    }

    private static ReceiverStatus stalled(Conditions conditions, String reason, String message, long generation) {
        return new ReceiverStatus(conditions.stalled(reason, message), null, generation, null);
    }
}

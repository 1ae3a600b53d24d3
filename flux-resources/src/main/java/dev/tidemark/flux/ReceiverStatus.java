package dev.tidemark.flux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receiver {@code status} (flux-git-based 18.1). */
public record ReceiverStatus(
        List<Condition> conditions,
        @Nullable String webhookPath,
        long observedGeneration,
        @Nullable String lastHandledReconcileAt) {

    /** The same, as the answer to a request; an empty one is none. */
    public ReceiverStatus answering(String requestedAt) {
        return new ReceiverStatus(
                conditions, webhookPath, observedGeneration, requestedAt.isEmpty() ? null : requestedAt);
    }
}

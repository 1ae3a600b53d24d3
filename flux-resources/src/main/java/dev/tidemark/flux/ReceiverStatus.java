package dev.tidemark.flux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receiver {@code status} (flux-git-based 18.1). */
public record ReceiverStatus(
        List<Condition> conditions, @Nullable String webhookPath, long observedGeneration) {}

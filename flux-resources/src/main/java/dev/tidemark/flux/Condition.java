package dev.tidemark.flux;

import java.time.Instant;

/**
 * One status condition (flux-git-based 3.3).
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param lastTransitionTime whole seconds; moves on any change of status, reason or message
 */
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        long observedGeneration,
        Instant lastTransitionTime) {}

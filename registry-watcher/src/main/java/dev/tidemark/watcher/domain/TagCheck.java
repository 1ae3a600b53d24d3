package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import java.util.concurrent.CompletableFuture;

/**
 * One tag to look at.
 *
 * @param cause the event that asks for it
 * @param done completed when the look has come to an end
 */
public record TagCheck(String tag, Purpose purpose, Envelope<?> cause, CompletableFuture<Void> done) {

    /** What is wanted of the look. */
    public enum Purpose {
        CLAIMED,
        CONFIRM_GONE
    }
}

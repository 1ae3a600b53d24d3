package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import java.util.concurrent.CompletableFuture;

/**
 * One tag to look at.
 *
 * @param cause the event that asks for it
 * @param done completed when the look has come to an end, cancelled when the partition is lost
 */
public record TagCheck(String tag, Purpose purpose, Envelope<?> cause, CompletableFuture<Ended> done) {

    /** What is wanted of the look. */
    public enum Purpose {
        /** A webhook names it: only what is new is written. */
        CLAIMED,
        /** Its digest is followed: only what is new is written, and nobody waits. */
        FOLLOWED,
        /** Somebody waits for the answer: it is written whatever it is, and asked for until the registry gives it. */
        ASKED
    }

    /** How a look came to its end. */
    public enum Ended {
        DONE,
        /** No resource looks at the feed, or none does any more: nobody was asked. */
        NOT_WATCHED
    }
}

package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import java.util.function.Consumer;

/**
 * One tag to resolve.
 *
 * @param cause the event that asks for it
 * @param since the number of the scan that was under way when it came, or of the next one: what that one or a later one
 *     finds is news to whoever asks
 * @param answered whether the log has the tag as an answer to this very cause, which is read again after a start
 * @param done called when it has come to an end; never when the partition is lost before
 */
public record TagCheck(
        String tag, Purpose purpose, Envelope<?> cause, long since, boolean answered, Consumer<Ended> done) {

    /** What is wanted of it. */
    public enum Purpose {
        /** A webhook names it: only what is new is written. */
        CLAIMED,
        /** Its digest is followed: only what is new is written, and nobody waits. */
        FOLLOWED,
        /** Somebody waits for the answer: it is written whatever it is, and asked for until the registry gives it. */
        ASKED
    }

    /** How it came to its end. */
    public enum Ended {
        DONE,
        /** No resource names the feed, or none does any more: nobody was asked. */
        NOT_WATCHED,
        /** There are too many for this feed already: nobody was asked. */
        TOO_MANY
    }
}

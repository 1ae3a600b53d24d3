package dev.tidemark.watcher.domain.budget;

import java.time.Duration;

/** What becomes of a question for a place or for a request. */
public sealed interface Permit {

    /** Now. */
    record Go() implements Permit {}

    /**
     * The host wants no request before.
     *
     * @param wholeHost whether more than this repository waits
     */
    record Refused(Duration pause, boolean wholeHost) implements Permit {}
}

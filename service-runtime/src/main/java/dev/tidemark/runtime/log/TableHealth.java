package dev.tidemark.runtime.log;

import java.time.Instant;

/** Whether a table follows its topic. */
public sealed interface TableHealth {

    /** It does, as far as the broker has answered. */
    record Following() implements TableHealth {}

    /**
     * It shows what it knew before the fault; reading is tried again.
     *
     * @param cause in words
     * @param since of the first fault after it last followed
     */
    record Failing(String cause, Instant since) implements TableHealth {}
}

package dev.tidemark.runtime.publish;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;

/** Hears of what a process reads of the log and appends to it. Ends at once, and is called by many threads. */
public interface LogListener {

    /** For whom nobody listens. */
    LogListener NOBODY = new LogListener() {
        @Override
        public void read(Envelope<?> event) {}

        @Override
        public void appended(Envelope<?> event) {}

        @Override
        public void deadLetter(Topic from) {}
    };

    /** An event was read, perhaps not for the first time. */
    void read(Envelope<?> event);

    /** An event is in the log. */
    void appended(Envelope<?> event);

    /** A record could not be used and is kept beside its topic. */
    void deadLetter(Topic from);
}

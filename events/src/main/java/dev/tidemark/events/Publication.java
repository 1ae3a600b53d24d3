package dev.tidemark.events;

import java.util.Set;

/** What is appended to the log: an event under its own key, or the word that a key is gone. */
public sealed interface Publication {

    /** An event, to the topic of its type. */
    record Fact(Envelope<?> envelope) implements Publication {}

    /**
     * A tombstone.
     *
     * @param headers names of headers that say more about it; their value has no meaning
     */
    record Tombstone(Topic topic, String key, Set<String> headers) implements Publication {

        public Tombstone(Topic topic, String key) {
            this(topic, key, Set.of());
        }
    }
}

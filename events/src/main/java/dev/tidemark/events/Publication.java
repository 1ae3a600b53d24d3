package dev.tidemark.events;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is appended to the log: an event under its own key, or the word that a key is gone. */
public sealed interface Publication {

    /** An event, to the topic of its type. */
    record Fact(Envelope<?> envelope) implements Publication {}

    /**
     * A tombstone.
     *
     * @param headers names of headers that say more about it; their value has no meaning
     * @param epoch of the owner that writes it, as a fact says it in its value; null for topics without such owners
     */
    record Tombstone(
            Topic topic,
            String key,
            Set<String> headers,
            @Nullable Long epoch) implements Publication {

        /** The header that carries the epoch, in decimal digits. */
        public static final String EPOCH_HEADER = "epoch";

        public Tombstone(Topic topic, String key, Set<String> headers) {
            this(topic, key, headers, null);
        }

        public Tombstone(Topic topic, String key) {
            this(topic, key, Set.of());
        }
    }
}

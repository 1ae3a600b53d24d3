package dev.tidemark.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is appended to the log: an event under its own key, or the word that a key is gone. */
public sealed interface Publication {

    /** An event, to the topic of its type. */
    record Fact(Envelope<?> envelope) implements Publication {}

    /**
     * A tombstone.
     *
     * @param headers say more about it
     * @param epoch of the owner that writes it, as a fact says it in its value; null for topics without such owners
     */
    record Tombstone(
            Topic topic,
            String key,
            Map<String, String> headers,
            @Nullable Long epoch) implements Publication {

        /** The header that carries the epoch, in decimal digits. */
        public static final String EPOCH_HEADER = "epoch";

        public Tombstone(Topic topic, String key, Map<String, String> headers) {
            this(topic, key, headers, null);
        }

        public Tombstone(Topic topic, String key) {
            this(topic, key, Map.of());
        }
    }
}
